using System.Text;
using System.Text.Json;

namespace SearchCluster.Contracts.Text;

/// <summary>Walks through a JSON text once, up to its first fault.</summary>
/// <param name="text">The text, in UTF-8 without a mark.</param>
/// <param name="depth">How deep lists and objects may lie in each other.</param>
/// <param name="allowsRepetition">Whether a name may occur twice in an object.</param>
internal readonly ref struct JsonFaultFinder(ReadOnlySpan<byte> text, int depth, bool allowsRepetition)
{
    private const int LongestShown = 60;
    private readonly ReadOnlySpan<byte> _text = text;

    public JsonFault? Find()
    {
        // One level more than is allowed, so that too deep a text is told here and not by the reader.
        var reader = new Utf8JsonReader(_text, new JsonReaderOptions { MaxDepth = depth + 1 });
        var open = new Stack<Level>();
        try
        {
            while (reader.Read())
            {
                if (Judge(ref reader, open) is { } fault)
                {
                    return fault;
                }
            }

            return null;
        }
        catch (JsonException malformed)
        {
            return Explain(IndexOf(malformed), open);
        }
        catch (InvalidOperationException)
        {
            // GetString: half of a surrogate pair.
            return Fault(
                (int)reader.TokenStartIndex, "an escape \\u names half a character", "write both halves, or the character itself");
        }
    }

    private JsonFault? Judge(ref Utf8JsonReader reader, Stack<Level> open)
    {
        var at = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                open.Push(new(at, reader.TokenType == JsonTokenType.StartObject ? new(StringComparer.Ordinal) : null));
                return open.Count > depth
                    ? Fault(at, FormattableString.Invariant($"nested deeper than {depth} levels"), "write it flatter")
                    : null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                open.Pop();
                return null;
            case JsonTokenType.PropertyName:
                var name = reader.GetString()!;
                return open.Peek().Names!.Add(name) || allowsRepetition
                    ? null
                    : Fault(at, $"the name {Shown(name)} occurs twice in one object", "remove one of the two", isRepetition: true);
            case JsonTokenType.String:
                _ = reader.ValueIsEscaped ? reader.GetString() : null;
                return null;
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var number) && double.IsFinite(number)
                    ? null
                    : Fault(
                        at,
                        $"{Shown(Encoding.UTF8.GetString(reader.ValueSpan))} is too large for a number",
                        "write a number between -1.7e308 and 1.7e308");
            default:
                return null;
        }
    }

    private JsonFault Explain(int index, Stack<Level> open)
    {
        var found = index < _text.Length ? (char)_text[index] : '\0';
        var previous = Encoding.UTF8.GetString(_text[..Math.Min(index, _text.Length)]).TrimEnd();
        if (found is '/' or '#')
        {
            return Fault(index, "JSON has no comments", "remove it");
        }

        if (found is '}' or ']' && previous.EndsWith(','))
        {
            return Fault(index, $"a ',' stands before this '{found}'; JSON has no trailing commas", "remove the comma");
        }

        if (index >= _text.Length && open.TryPeek(out var level))
        {
            return Fault(
                level.Start, $"the '{(char)_text[level.Start]}' opened here is never closed", "add what is missing at its end");
        }

        if (index < _text.Length && found < ' ' && found is not ('\t' or '\n' or '\r'))
        {
            return Fault(index, FormattableString.Invariant($"the text holds the control character U+{(int)found:X4}"), "remove it");
        }

        return open.Count == 0 && previous.Length > 0 && previous[^1] is '}' or ']'
            ? Fault(index, "the text goes on behind its end", "remove what follows the last bracket; a list takes several")
            : Fault(index, "this is not JSON", "check commas, brackets and quotes near here; numbers have no leading zero or plus sign");
    }

    private int IndexOf(JsonException malformed)
    {
        var start = 0;
        for (var line = malformed.LineNumber ?? 0; line > 0 && _text[start..].IndexOf((byte)'\n') is >= 0 and var length; line--)
        {
            start += length + 1;
        }

        return (int)Math.Min(_text.Length, start + (malformed.BytePositionInLine ?? 0));
    }

    private JsonFault Fault(int index, string message, string help, bool isRepetition = false) =>
        JsonFault.At(_text, index, message, help, isRepetition);

    private static string Shown(string text) => $"'{ForeignText.OneLine(text, LongestShown)}'";

    private sealed record Level(int Start, HashSet<string>? Names);
}

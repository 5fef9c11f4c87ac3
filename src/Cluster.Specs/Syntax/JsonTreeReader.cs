using System.Text;
using System.Text.Json;

namespace SearchCluster.Specs.Syntax;

/// <summary>Reads strict JSON: no comments, no trailing commas, no duplicate keys.</summary>
internal static class JsonTreeReader
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 4 * SpecLimits.Depth,
    };

    /// <summary>Reads one document.</summary>
    /// <param name="text">The file.</param>
    /// <param name="problems">Gets the problems.</param>
    /// <returns>Its root; null after a problem that ends reading.</returns>
    public static SpecNode? Read(string text, ProblemList problems)
    {
        var builder = new TreeBuilder(problems);
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new JsonPlaces(bytes);
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            while (!builder.HasFailed && reader.Read())
            {
                Take(ref reader, places.At((int)reader.TokenStartIndex), builder);
            }
        }
        catch (JsonException exception)
        {
            Explain(exception, bytes, places, builder);
        }
        catch (InvalidOperationException)
        {
            // GetString: half of a surrogate pair.
            builder.Fail(
                SpecCodes.Syntax,
                places.At((int)reader.TokenStartIndex),
                "an escape \\u names half a character",
                "write both halves, or the character itself");
        }

        return builder.HasFailed ? null : builder.Root;
    }

    private static void Take(ref Utf8JsonReader reader, Position at, TreeBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.Open(new MappingNode(at), '{');
                break;
            case JsonTokenType.StartArray:
                builder.Open(new SequenceNode(at), '[');
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close();
                break;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                builder.Scalar(new ScalarNode(at, reader.GetString()!, ScalarStyle.Quoted));
                break;
            default:
                builder.Scalar(new ScalarNode(at, Encoding.UTF8.GetString(reader.ValueSpan), ScalarStyle.Plain));
                break;
        }
    }

    private static void Explain(JsonException exception, byte[] bytes, JsonPlaces places, TreeBuilder builder)
    {
        var index = places.IndexOf(exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
        var at = places.At(index);
        var found = index < bytes.Length ? (char)bytes[index] : '\0';
        var previous = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(index, bytes.Length))).TrimEnd();
        if (found is '/' or '#')
        {
            builder.Fail(SpecCodes.Syntax, at, "JSON has no comments", "remove it, or write the spec as YAML");
        }
        else if (found is '}' or ']' && previous.EndsWith(','))
        {
            builder.Fail(SpecCodes.Syntax, at, $"a ',' stands before this '{found}'; JSON has no trailing commas", "remove the comma");
        }
        else if (index >= bytes.Length && builder.InnermostBracket is { } open)
        {
            builder.Fail(SpecCodes.Syntax, open.At, $"the '{open.Bracket}' opened here is never closed", "add what is missing at its end");
        }
        else
        {
            builder.Fail(
                SpecCodes.Syntax,
                at,
                "this is not JSON",
                "check commas, brackets and quotes near here; numbers have no leading zero or plus sign");
        }
    }
}

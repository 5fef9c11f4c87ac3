using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace SearchCluster.Contracts.Text;

/// <summary>Says in which way a JSON text, whose form is right, is not what was asked for; the serializer names types of the program
/// and counts bytes.</summary>
public static partial class JsonMisfit
{
    private const string Correction = "correct it there";
    private const int LongestPath = 200;
    private const int LongestText = 300;

    /// <summary>Compares a text with what it is to be, so that field, actual value and rule can be told.</summary>
    /// <param name="json">The text, in UTF-8, without a byte order mark; <see cref="JsonFault.Find"/> passed it.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="whole">What the text as a whole is called.</param>
    /// <param name="isStrict">Asks for every member without a default, and for no null where none is meant, whether the serializer does
    /// or not.</param>
    /// <returns>The first difference; null where none is found.</returns>
    public static JsonFault? Find(ReadOnlySpan<byte> json, JsonTypeInfo type, string whole = "the body", bool isStrict = false)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new JsonMisfitFinder(json, whole, isStrict).Find(type);
    }

    /// <summary>Reads a text; what it refuses is told in words for people.</summary>
    /// <typeparam name="T">What it is to be.</typeparam>
    /// <param name="json">The text, in UTF-8; a byte order mark is skipped.</param>
    /// <param name="type">The same, for the serializer.</param>
    /// <param name="whole">What the text as a whole is called.</param>
    /// <param name="isStrict">As of <see cref="Find"/>; then a name may not occur twice either.</param>
    /// <returns>What it says; null only for the JSON value null, and only where it is not strict.</returns>
    /// <exception cref="JsonException">The text is something else; the message is <see cref="JsonFault.Sentence"/>.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string whole, bool isStrict = false)
    {
        var text = JsonFault.WithoutMark(json);
        if (isStrict && (JsonFault.Find(text) ?? Find(text, type, whole, isStrict)) is { } fault)
        {
            throw new JsonException(fault.Sentence);
        }

        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException refused)
        {
            throw new JsonException(Of(text, type, refused, whole).Sentence, refused);
        }
    }

    /// <summary>Explains why the serializer refused a text.</summary>
    /// <param name="json">The text, in UTF-8; a byte order mark is skipped.</param>
    /// <param name="type">What it was to be.</param>
    /// <param name="refused">What the serializer threw.</param>
    /// <param name="whole">What the text as a whole is called.</param>
    /// <returns>The fault, with its place.</returns>
    public static JsonFault Of(ReadOnlySpan<byte> json, JsonTypeInfo type, JsonException refused, string whole)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var text = JsonFault.WithoutMark(json);
        return JsonFault.Find(text, allowsRepetition: true) ?? Find(text, type, whole) ?? Told(text, refused);
    }

    /// <summary>The text of a refusal, without what the serializer puts behind it.</summary>
    /// <returns>One line without a full stop; null where it speaks of the program.</returns>
    internal static string? WordsOf(Exception refused)
    {
        var text = refused.Message.Split([" Path: ", " (Parameter '"], StringSplitOptions.None)[0];
        return OfProgram().IsMatch(text) ? null : ForeignText.OneLine(text, LongestText).TrimEnd('.');
    }

    // What converters of several values refuse, and what the walk does not know.
    private static JsonFault Told(ReadOnlySpan<byte> json, JsonException refused)
    {
        var lines = json;
        var start = 0;
        for (var line = refused.LineNumber ?? 0; line > 0 && lines.IndexOf((byte)'\n') is >= 0 and var length; line--)
        {
            start += length + 1;
            lines = json[start..];
        }

        var path = ForeignText.OneLine(refused.Path ?? "$", LongestPath);
        return JsonFault.At(
            json,
            (int)Math.Min(json.Length, start + (refused.BytePositionInLine ?? 0)),
            WordsOf(refused) is { } words ? $"{path}: {words}" : $"the value at {path} does not fit",
            Correction);
    }

    [GeneratedRegex(
        "SearchCluster\\.|System\\.|^The JSON |deserializ|LineNumber|Utf8JsonReader|^The requested operation|^The input string",
        RegexOptions.CultureInvariant)]
    private static partial Regex OfProgram();
}

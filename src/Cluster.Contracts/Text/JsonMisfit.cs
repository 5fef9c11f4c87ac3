using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace SearchCluster.Contracts.Text;

/// <summary>Says in which way a JSON text, whose form is right, is not what was asked for; the serializer names types of the program
/// and counts bytes.</summary>
public static partial class JsonMisfit
{
    /// <summary>Compares a text with what it is to be, so that field, actual value and rule can be told.</summary>
    /// <param name="json">The text, in UTF-8, without a byte order mark; <see cref="JsonFault.Find"/> passed it.</param>
    /// <param name="type">What it is to be.</param>
    /// <returns>The first difference; null where none is found, which leaves what converters of their own refuse.</returns>
    public static JsonFault? Find(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new JsonMisfitFinder(json).Find(type);
    }

    /// <summary>Describes it.</summary>
    /// <param name="refused">What the serializer threw.</param>
    /// <returns>A sentence.</returns>
    public static string Describe(JsonException refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var end = refused.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var text = end > 0 ? refused.Message[..end] : refused.Message;
        if (MissingMembers().Match(text) is { Success: true } missing)
        {
            return $"it lacks {missing.Groups["names"].Value}.";
        }

        if (UnknownMember().Match(text) is { Success: true } unknown)
        {
            return $"the member {ForeignText.OneLine(unknown.Groups["name"].Value, 100)} is not known here.";
        }

        return OfProgram().IsMatch(text)
            ? $"the value at {ForeignText.OneLine(refused.Path ?? "$", 200)} does not fit."
            : ForeignText.OneLine(text, 300);
    }

    [GeneratedRegex("missing required properties including: (?<names>'.*')", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex MissingMembers();

    [GeneratedRegex(
        "^The JSON property (?<name>'.*') could not be mapped", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex UnknownMember();

    [GeneratedRegex(
        "SearchCluster\\.|System\\.|^The JSON |deserializ|LineNumber|Utf8JsonReader", RegexOptions.CultureInvariant)]
    private static partial Regex OfProgram();
}

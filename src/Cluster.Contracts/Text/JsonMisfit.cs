using System.Text.Json;
using System.Text.RegularExpressions;

namespace SearchCluster.Contracts.Text;

/// <summary>Says in which way a JSON text, whose form is right, is not what was asked for; the serializer names types of the program
/// and counts bytes.</summary>
public static partial class JsonMisfit
{
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

using System.Text.RegularExpressions;

namespace SearchCluster.Contracts.Work;

/// <summary>Something unexpected that an attempt survived and a person should know: about its data, its
/// checkpoint, an ensemble's member.</summary>
/// <param name="Text">One sentence for people, one line of at most <see cref="MaximumLength"/> characters.</param>
/// <param name="Code">Its number in <c>docs/errors.md</c>; null when it has none.</param>
public sealed partial record WorkWarning(string Text, string? Code = null)
{
    /// <summary>Longest text; a longer one is cut.</summary>
    public const int MaximumLength = 500;

    /// <summary>Makes a warning of what a workload or its data say.</summary>
    /// <param name="text">Any text; a leading code becomes <see cref="Code"/>.</param>
    /// <returns>A warning that can be kept and shown.</returns>
    public static WorkWarning Of(string? text)
    {
        // Some characters more than are kept, for a code in front.
        var line = ForeignText.OneLine(text, MaximumLength + 8);
        var code = LeadingCode().Match(line);
        var rest = ForeignText.OneLine(line[code.Length..], MaximumLength);
        return new(rest.Length == 0 ? "A warning without a text." : rest, code.Success ? code.Groups[1].Value : null);
    }

    /// <summary>Brings a warning that came over the wire into the same form.</summary>
    /// <returns>This warning, or one with a text that can be kept and shown.</returns>
    public WorkWarning Normalised() => Code is { } code && Of($"{code} {Text}") is { Code: not null } coded ? coded : Of(Text);

    [GeneratedRegex(@"^(SC[0-9]{4})[: ] *", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingCode();
}

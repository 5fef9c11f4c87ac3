using System.Text.RegularExpressions;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>Links of a Markdown text that lead to files of the repository.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<string> Of(string text) =>
        Link()
            .Matches(text)
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}

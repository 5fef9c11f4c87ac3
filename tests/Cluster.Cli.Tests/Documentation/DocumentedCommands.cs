using System.Text.RegularExpressions;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>The code blocks of a Markdown file.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>Invocations of the tool, installed or by <c>dotnet run</c>, without what stands before its arguments.</summary>
    public static IReadOnlyList<string> OfTool(string file) =>
    [
        .. Blocks(file, "").SelectMany(block => block.Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
            .Select(line => Invocation().Match(line.Split('#')[0].TrimEnd()))
            .Where(match => match.Success)
            .Select(match => match.Groups["arguments"].Value),
    ];

    /// <summary>The texts of all code blocks of one language; empty for those without one.</summary>
    public static IEnumerable<string> Blocks(string file, string language)
    {
        // Every second fence ends a block, so the parts with odd numbers are the blocks.
        var parts = Fence().Split(RepositoryFiles.Text(file));
        for (var i = 1; i + 1 < parts.Length; i += 4)
        {
            if (parts[i] == language)
            {
                yield return parts[i + 1];
            }
        }
    }

    [GeneratedRegex("^```(\\w*)\n", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(\w+=\S+ )*(searchcluster|dotnet run .* --) (?<arguments>.+)$")]
    private static partial Regex Invocation();
}

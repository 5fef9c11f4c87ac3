using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>The command lines inside the code blocks of a Markdown file.</summary>
internal static class DocumentedCommands
{
    private const string Tool = "searchcluster ";

    /// <summary>Invocations of the tool, without its name; comments and what follows a pipe or a redirection are cut off.</summary>
    public static IReadOnlyList<string> OfTool(string file) =>
        [.. CodeLines(file).Where(line => line.StartsWith(Tool, StringComparison.Ordinal)).Select(line => line[Tool.Length..])];

    /// <summary>Lines inside code blocks, with continued lines joined and prompts removed.</summary>
    public static IEnumerable<string> CodeLines(string file)
    {
        var isCode = false;
        foreach (var line in RepositoryFiles.Text(file).Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                continue;
            }

            if (isCode)
            {
                yield return Command(line);
            }
        }
    }

    private static string Command(string line)
    {
        var text = line.Split('#')[0].Split(" | ")[0].Split(" > ")[0].Trim();
        return text.StartsWith("$ ", StringComparison.Ordinal) ? text[2..] : text;
    }
}

using System.Globalization;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Output;

/// <summary>Prints problems of a spec file as compilers do: place, code, sentence, the line itself with a caret, the next step.</summary>
internal static class SpecProblemPrinter
{
    private const int Most = 50;
    private const int LongestLine = 160;

    public static void Print(TextWriter output, IReadOnlyList<SpecProblem> problems, string? source)
    {
        var lines = source?.ReplaceLineEndings("\n").Split('\n');
        foreach (var problem in problems.Take(Most))
        {
            var place = problem.Line > 0 ? $"{SafeText.Of(problem.File)}:{problem.Line}:{problem.Column}" : SafeText.Of(problem.File);
            var path = problem.Path.Length == 0 || problem.Message.StartsWith(problem.Path, StringComparison.Ordinal) ? string.Empty : $"{SafeText.Of(problem.Path)}: ";
            output.WriteLine($"{place}: {problem.Severity} {problem.Code}: {path}{SafeText.Of(problem.Message)}");
            Quote(output, lines, problem);
            if (problem.Help is not null)
            {
                output.WriteLine($"   help: {SafeText.Of(problem.Help)}");
            }
        }

        if (problems.Count > Most)
        {
            output.WriteLine($"... and {problems.Count - Most} more");
        }
    }

    public static string Summary(IReadOnlyList<SpecProblem> problems)
    {
        var errors = problems.Count(p => p.Severity == "error");
        return $"{Format.Count(errors, "error")}, {Format.Count(problems.Count - errors, "warning")}";
    }

    private static void Quote(TextWriter output, string[]? lines, SpecProblem problem)
    {
        if (lines is null || problem.Line < 1 || problem.Line > lines.Length)
        {
            return;
        }

        // The line before helps to see where one is.
        for (var number = Math.Max(1, problem.Line - 1); number <= problem.Line; number++)
        {
            var text = SafeText.Of(lines[number - 1].Replace('\t', ' '));
            if (number == problem.Line || text.Trim().Length > 0)
            {
                output.WriteLine($"{number.ToString(CultureInfo.InvariantCulture),5} | {Format.Shorten(text, LongestLine)}");
            }
        }

        var before = SafeText.Of(lines[problem.Line - 1][..Math.Clamp(problem.Column - 1, 0, lines[problem.Line - 1].Length)].Replace('\t', ' '));
        if (before.Length < LongestLine)
        {
            output.WriteLine($"      | {new string(' ', before.Length)}^");
        }
    }
}

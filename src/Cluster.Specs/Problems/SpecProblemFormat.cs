using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Problems;

/// <summary>Prints problems for people and for programs that match lines.</summary>
public static class SpecProblemFormat
{
    private const int WidestExcerpt = 120;
    private const int LongestMessage = 400;

    /// <summary>Formats one problem on one line, the way compilers of MSBuild do, which editors recognise.</summary>
    /// <returns><c>file(line,col): error SC1042: text</c>.</returns>
    public static string MsBuild(SpecProblem problem)
    {
        var place = problem.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"({problem.Line},{problem.Column})") : "";
        return $"{FileName(problem)}{place}: {Sentence(problem)}";
    }

    /// <summary>Formats one problem with the line of the file, a caret below the place, and the next step.</summary>
    /// <param name="problem">What is wrong, where, and what to do.</param>
    /// <param name="sourceLines">The lines of the file, see <see cref="SplitLines"/>; empty to leave the excerpt out.</param>
    /// <returns>One to five lines, none of them ends with a line break.</returns>
    public static IReadOnlyList<string> Human(SpecProblem problem, IReadOnlyList<string> sourceLines)
    {
        var lines = new List<string>(5);
        if (problem.Line <= 0)
        {
            lines.Add($"{FileName(problem)}: {Sentence(problem)}");
        }
        else
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"{FileName(problem)}:{problem.Line}:{problem.Column}: {Sentence(problem)}"));
            AddExcerpt(lines, problem, sourceLines);
        }

        if (problem.Help is { } help)
        {
            lines.Add($"   help: {help}");
        }

        return lines;
    }

    /// <summary>Formats the last line of a report.</summary>
    /// <param name="result">What was read.</param>
    /// <returns>For example <c>2 errors, 0 warnings</c>.</returns>
    public static string Summary(SpecReadResult result)
    {
        var omitted = result.Omitted > 0 ? string.Create(CultureInfo.InvariantCulture, $" (and {result.Omitted} more, not shown)") : "";
        return Count(result.ErrorCount, "error") + ", " + Count(result.WarningCount, "warning") + omitted;
    }

    /// <summary>Splits a file into the lines that <see cref="Human"/> quotes.</summary>
    /// <param name="text">The whole file.</param>
    /// <returns>The lines without their breaks.</returns>
    public static IReadOnlyList<string> SplitLines(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');

    private static string Count(int number, string word) => Counted.Of(number, word);

    private static string FileName(SpecProblem problem) => Display.Cut(problem.File, 200);

    private static string Sentence(SpecProblem problem) =>
        $"{problem.Severity} {problem.Code}: {Display.Cut(problem.Message, LongestMessage)}";

    private static void AddExcerpt(List<string> lines, SpecProblem problem, IReadOnlyList<string> source)
    {
        if (problem.Line > source.Count)
        {
            return;
        }

        // Each character becomes exactly one, so that the caret stays below its place.
        var shown = string.Concat(source[problem.Line - 1].Select(c => c == '\t' ? ' ' : Display.IsPlainCharacter(c) ? c : '·'));
        var start = Math.Max(0, problem.Column - 1 - (WidestExcerpt * 2 / 3));
        var width = Math.Clamp(shown.Length - start, 0, WidestExcerpt);
        var gutter = string.Create(CultureInfo.InvariantCulture, $"{problem.Line,5} | ");
        lines.Add(gutter + (width > 0 ? shown.Substring(start, width) : ""));
        lines.Add(new string(' ', gutter.Length - 2) + "| " + new string(' ', problem.Column - 1 - start) + "^");
    }
}

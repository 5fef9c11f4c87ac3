using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Cli.Output;

/// <summary>Prints problems of a spec file as compilers do: place, code, sentence, the line itself with a caret, the next step.</summary>
internal static class SpecProblemPrinter
{
    /// <param name="output">Where to.</param>
    /// <param name="problems">What is wrong.</param>
    /// <param name="source">The file's text; null to leave quotes out.</param>
    public static void Print(TextWriter output, IEnumerable<SpecProblem> problems, string? source)
    {
        var lines = source is null ? [] : SpecProblemFormat.SplitLines(source);
        foreach (var line in problems.SelectMany(problem => SpecProblemFormat.Human(problem, lines)))
        {
            output.WriteLine(SafeText.Of(line));
        }
    }

    public static string Summary(IReadOnlyCollection<SpecProblem> problems)
    {
        var errors = problems.Count(p => p.Severity == SpecSeverity.Error);
        return $"{Format.Count(errors, "error")}, {Format.Count(problems.Count - errors, "warning")}";
    }
}

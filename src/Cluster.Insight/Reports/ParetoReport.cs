using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>A Pareto front as a table: trial, one column for each objective, and the parameters.</summary>
public static class ParetoReport
{
    private const int TrialWidth = 8;
    private const int NarrowestColumn = 12;

    /// <summary>Writes the front, best by the first objective first.</summary>
    /// <param name="output">Where.</param>
    /// <param name="pareto">The front.</param>
    /// <param name="rows">Most rows; the others are counted.</param>
    public static void Write(TextWriter output, ParetoSummary pareto, int rows)
    {
        output.WriteLine(
            $"Pareto front {pareto.Front.Count} of {Format.Count(pareto.Compared, "trial")}  hypervolume "
                + $"{Format.Number(pareto.Hypervolume)}{Reference(pareto)}");
        var headings = pareto.Objectives.Select(objective => SafeText.Of(objective.Metric)).ToArray();
        var widths = Array.ConvertAll(headings, heading => Math.Max(NarrowestColumn, heading.Length + Format.ColumnGap));
        output.WriteLine($"  {"trial",-TrialWidth}{string.Concat(headings.Select((heading, i) => heading.PadRight(widths[i])))}parameters");
        foreach (var (trial, values) in pareto.Front.Take(rows))
        {
            var cells = values.Select((value, i) => Format.Number(value).PadRight(widths[i]));
            output.WriteLine(
                $"  {trial.TrialId.ToString().PadRight(TrialWidth)}{string.Concat(cells)}{Format.Values(trial.Values)}".TrimEnd());
        }

        if (pareto.Front.Count > rows)
        {
            output.WriteLine($"  and {Format.Count(pareto.Front.Count - rows, "other trial")}");
        }
    }

    private static string Reference(ParetoSummary pareto) => pareto.Reference.Count == 0
        ? string.Empty
        : "  up to " + string.Join(
            "  ",
            pareto.Objectives.Select((objective, i) => $"{SafeText.Of(objective.Metric)} {Format.Number(pareto.Reference[i])}"));
}

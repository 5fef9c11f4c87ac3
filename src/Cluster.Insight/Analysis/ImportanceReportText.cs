using SearchCluster.Insight.Charts;
using SearchCluster.Insight.Wording;
using SearchCluster.Search.Analysis;

namespace SearchCluster.Insight.Analysis;

/// <summary>Importance as tables: shares with bars, and which values the best trials have.</summary>
public static class ImportanceReportText
{
    private const int WideTerminal = 100;
    private const int MostLevels = 3;
    private const int LongestName = 24;
    private const int LongestValue = 10;

    /// <summary>Writes the tables.</summary>
    /// <param name="output">Where.</param>
    /// <param name="data">The trials.</param>
    /// <param name="analysis">What they say.</param>
    /// <param name="top">Most parameters, and most pairs.</param>
    /// <param name="width">Width of a line.</param>
    /// <param name="isStyled">Whether the reader understands that headings are dim.</param>
    public static void Write(
        TextWriter output, SearchData data, ImportanceAnalysis analysis, int top, int width, bool isStyled = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(analysis);
        output.WriteLine(Headline(data, analysis));
        output.WriteLine();
        var parameters = analysis.Report.Parameters.Take(top).ToList();
        var barWidth = width < WideTerminal ? 10 : 20;
        var longest = parameters.Max(parameter => parameter.Share);
        var table = new TextTable("parameter", analysis.Method == ImportanceAnalysis.Fanova
            ? "of variance"
            : "of difference", "+-", "importance", $"best {analysis.BestTrials} trials");
        foreach (var (name, share, spread) in parameters)
        {
            table.Row(
                Format.Shorten(name, LongestName),
                Format.Percent(share),
                Format.Percent(spread),
                TextChart.Bar(longest > 0 ? share / longest : 0, barWidth).PadRight(barWidth),
                Best(analysis.BestOf(name)));
        }

        table.Write(output, width, isStyled);
        if (analysis.Report.Pairs.Count > 0)
        {
            output.WriteLine();
            Pairs(analysis, top).Write(output, width, isStyled);
        }
    }

    /// <summary>What to know of the numbers, one note a line.</summary>
    public static IEnumerable<string> Notes(ImportanceAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        yield return Sum(analysis);
        if (analysis.LeftOut > 0)
        {
            yield return $"{Format.Count(analysis.LeftOut, "finished trial")} left out: failed, or without a finite objective.";
        }

        if (analysis.ExplainedShare is { } explained)
        {
            var doubt = analysis.IsDoubtful ? ": too little for these numbers to mean much; more trials would help" : string.Empty;
            yield return
                $"The forest explains {Format.Percent(Math.Max(0, explained))} of the variance of trials that it has not seen{doubt}.";
        }
    }

    private static string Headline(SearchData data, ImportanceAnalysis analysis) => analysis.Method == ImportanceAnalysis.Fanova
        ? $"importance in {data.Search} by fanova: shares of the variance of {SafeText.Of(data.Metric)} over the whole space, from "
            + $"{analysis.Trials} trials"
        : $"importance in {data.Search} by ped-anova: how the best {analysis.BestTrials} trials by {SafeText.Of(data.Metric)} differ from "
            + $"all {analysis.Trials}";

    // Percentages that do not sum to 100 ask what the rest is.
    private static string Sum(ImportanceAnalysis analysis)
    {
        var (alone, pairs) = (analysis.Report.Parameters.Sum(parameter => parameter.Share), analysis.Report.Pairs.Sum(pair => pair.Share));
        return analysis.Method != ImportanceAnalysis.Fanova
            ? $"All parameters together are {Format.Percent(alone)}; interactions are not seen."
            : analysis.Report.Pairs.Count == 0
                ? $"Each parameter alone, all of them together {Format.Percent(alone)}; the rest, "
                    + $"{Format.Percent(Math.Max(0, 1 - alone))}, are interactions."
            : $"Each parameter alone, all of them together {Format.Percent(alone)}; pairs {Format.Percent(pairs)}; the rest, "
                + $"{Format.Percent(Math.Max(0, 1 - alone - pairs))}, are interactions of others.";
    }

    private static string Best(BestRegion region) => region switch
    {
        { Trials: 0 } => "inactive",
        { Low: { } low, High: { } high } => low == high ? Format.Value(low) : $"{Format.Value(low)} to {Format.Value(high)}",
        { Levels: { } levels } => string.Join(
            ", ", levels.Take(MostLevels).Select(level => $"{Format.Shorten(Format.Value(level.Value), LongestValue)} {level.Count}")),
        _ => "-",
    };

    private static TextTable Pairs(ImportanceAnalysis analysis, int top)
    {
        var table = new TextTable("interaction", "of variance", "+-");
        foreach (var (first, second, share, spread) in analysis.Report.Pairs.Take(top))
        {
            table.Row(
                $"{Format.Shorten(first, LongestName)} x {Format.Shorten(second, LongestName)}",
                Format.Percent(share),
                Format.Percent(spread));
        }

        return table;
    }
}

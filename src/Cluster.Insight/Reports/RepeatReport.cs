using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Repeated configurations as a table: trials, mean and deviation of the objective, and the parameters.</summary>
public static class RepeatReport
{
    private const int NarrowestColumn = 14;

    /// <summary>Writes the configurations, best mean first.</summary>
    /// <param name="output">Where.</param>
    /// <param name="summary">The configurations.</param>
    /// <param name="rows">Most rows; the others are counted.</param>
    /// <param name="best">The best trial, which may be one lucky evaluation of a configuration that is not the best; null for none.</param>
    public static void Write(TextWriter output, RepeatSummary summary, int rows, TrialId? best)
    {
        var some = summary.Configurations.Any(configuration => configuration.Trials.Count + configuration.Missing < summary.Repeats);
        output.WriteLine(
            $"configurations {summary.Configurations.Count}, each over {(some ? "up to " : "")}{Format.Count(summary.Repeats, "seed")}, by "
                + $"mean {SafeText.Of(summary.Objective.Metric)}");
        var trials = Math.Max(
            NarrowestColumn,
            summary.Configurations.Take(rows).Select(Trials).DefaultIfEmpty("").Max(text => text.Length) + Format.ColumnGap);
        output.WriteLine($"  {"trials".PadRight(trials)}{"mean",-NarrowestColumn}{"deviation",-NarrowestColumn}parameters");
        foreach (var configuration in summary.Configurations.Take(rows))
        {
            var deviation = configuration.Deviation is { } value ? Format.Number(value) : "-";
            output.WriteLine(
                $"  {Trials(configuration).PadRight(trials)}{Format.Number(configuration.Mean),-NarrowestColumn}"
                    + $"{deviation,-NarrowestColumn}{Format.Values(configuration.Values)}"
                    .TrimEnd());
        }

        if (summary.Configurations.Count > rows)
        {
            output.WriteLine($"  and {Format.Count(summary.Configurations.Count - rows, "other configuration")}");
        }

        if (best is { } trial && summary.Configurations is [var first, ..] && !first.Trials.Contains(trial)
            && summary.Configurations.FirstOrDefault(configuration => configuration.Trials.Contains(trial)) is { } lucky)
        {
            output.WriteLine(
                $"  {trial} is the best single evaluation; by the mean over seeds its configuration ({Format.Number(lucky.Mean)}) comes "
                    + $"behind that of {Trials(first)} ({Format.Number(first.Mean)})");
        }
    }

    private static string Trials(RepeatedConfiguration configuration)
    {
        var (first, last, count) = (configuration.Trials[0], configuration.Trials[^1], configuration.Trials.Count);
        var span = count == 1 ? $"{first}" : $"{first}-{last}";
        return configuration.Missing == 0 ? span : $"{span} ({count} of {count + configuration.Missing})";
    }
}

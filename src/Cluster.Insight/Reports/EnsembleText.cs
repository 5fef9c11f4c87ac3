using System.Globalization;
using SearchCluster.Contracts.Metrics;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>An ensemble beside the best single trial, and whether it is worth it.</summary>
public static class EnsembleText
{
    // One network scored in two ways differs in the last digits of single precision.
    private const double SameNumber = 1e-6;

    private const string AsGood = "the ensemble is as good as the best single trial, not better.";

    /// <summary>Writes both.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="ensemble">The report.</param>
    /// <param name="objective">Direction of metrics of the user's own.</param>
    public static void Write(TextWriter output, EnsembleReport ensemble, Direction objective = Direction.Minimize)
    {
        output.WriteLine(
            $"ensemble     {Format.Count(ensemble.Members.Count, "member")}: "
                + $"{string.Join(' ', ensemble.Members.Select((member, i) => Member(member, ensemble.Weights?[i])))}");
        output.WriteLine($"  {"",-16}{"best single",12}{"ensemble",12}");
        var (verdicts, ties) = (new List<string>(), new List<string>());
        foreach (var (metric, value) in ensemble.Metrics
            .OrderBy(m => m.Key.StartsWith("test/", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(m => m.Key, StringComparer.Ordinal))
        {
            var known = ensemble.BestSingle.TryGetValue(metric, out var single);
            output.WriteLine($"  {SafeText.Of(metric),-16}{(known ? Format.Number(single) : "-"),12}{Format.Number(value),12}");
            if (!known || !metric.StartsWith("test/", StringComparison.Ordinal))
            {
                continue;
            }

            if (GainOf(metric, single, value, objective) == 0)
            {
                ties.Add(SafeText.Of(metric));
            }
            else
            {
                verdicts.Add(Verdict(metric, single, value, ensemble.GainOf(metric), objective, ensemble.TestRows));
            }
        }

        verdicts.ForEach(verdict => output.WriteLine($"  {verdict}"));
        if (ties.Count > 0)
        {
            output.WriteLine($"  {string.Join(", ", ties)}: {AsGood}");
        }
    }

    /// <summary>Says plainly whether the ensemble is better than its best member, and how sure that is.</summary>
    public static string Verdict(
        string metric,
        double single,
        double ensemble,
        Gain? estimated = null,
        Direction objective = Direction.Minimize,
        int? testRows = null)
    {
        var gain = GainOf(metric, single, ensemble, objective);
        var (low, high) = estimated is null ? (0, 0) : gain < 0 ? (-estimated.High, -estimated.Low) : (estimated.Low, estimated.High);
        var interval = estimated is null ? "" : $" (95 % interval {Format.Number(low)} to {Format.Number(high)})";
        var doubt = estimated switch
        {
            { Low: <= 0, High: >= 0 } => " With so few rows that may be chance.",
            null => $" It has no interval{(testRows is { } rows ? $" ({Format.Count(rows, "test row")})" : "")}, so that may be chance.",
            _ => "",
        };
        return gain switch
        {
            > 0 => $"{SafeText.Of(metric)}: the ensemble is better than the best single trial by {Format.Number(gain)}{interval}.{doubt}",
            0 => $"{SafeText.Of(metric)}: {AsGood}",
            < 0 => $"{SafeText.Of(metric)}: the ensemble is worse than the best single trial by {Format.Number(-gain)}{interval}; the "
                + $"single trial is the better choice by this measure.{doubt}",
            _ => $"{SafeText.Of(metric)}: the two cannot be compared, because one of the numbers is not finite.",
        };
    }

    private static double GainOf(string metric, double single, double ensemble, Direction objective)
    {
        var gain = MetricCatalog.DirectionOf(metric, objective) == Direction.Maximize ? ensemble - single : single - ensemble;
        return Math.Abs(gain) <= SameNumber * Math.Max(Math.Abs(single), Math.Abs(ensemble)) ? 0 : gain;
    }

    private static string Member(TrialId trial, double? weight) =>
        weight is { } share ? string.Create(CultureInfo.InvariantCulture, $"{trial}×{share:0.##}") : $"{trial}";
}

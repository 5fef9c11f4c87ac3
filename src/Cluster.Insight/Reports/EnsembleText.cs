using System.Globalization;
using SearchCluster.Contracts.Metrics;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>An ensemble beside the best single trial, and whether it is worth it.</summary>
public static class EnsembleText
{
    // One network scored in two ways differs in the last digits of single precision.
    private const double SameNumber = 1e-6;

    private const string NoInterval = " It has no interval, so that may be chance.";

    /// <summary>Writes both.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="ensemble">The report.</param>
    /// <param name="objective">Direction of metrics of the user's own.</param>
    public static void Write(TextWriter output, EnsembleReport ensemble, Direction objective = Direction.Minimize)
    {
        output.WriteLine(
            $"ensemble     {Format.Count(ensemble.Members.Count, "member")}: {string.Join(' ', ensemble.Members.Select((member, i) => Member(member, ensemble.Weights?[i])))}");
        output.WriteLine($"  {"",-16}{"best single",12}{"ensemble",12}");
        var verdicts = new List<string>();
        foreach (var (metric, value) in ensemble.Metrics
            .OrderBy(m => m.Key.StartsWith("test/", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(m => m.Key, StringComparer.Ordinal))
        {
            var known = ensemble.BestSingle.TryGetValue(metric, out var single);
            output.WriteLine($"  {SafeText.Of(metric),-16}{(known ? Format.Number(single) : "-"),12}{Format.Number(value),12}");
            var gain = ensemble.Gains is { } gains && gains.TryGetValue(metric, out var estimated) ? estimated : null;
            if (known && metric.StartsWith("test/", StringComparison.Ordinal))
            {
                verdicts.Add(
                    Verdict(metric, single, value, gain, objective) + (gain is null && ensemble.Gains is not null ? NoInterval : ""));
            }
        }

        verdicts.ForEach(verdict => output.WriteLine($"  {verdict}"));
    }

    /// <summary>Says plainly whether the ensemble is better than its best member, and how sure that is.</summary>
    public static string Verdict(
        string metric, double single, double ensemble, Gain? estimated = null, Direction objective = Direction.Minimize)
    {
        var gain = MetricCatalog.DirectionOf(metric, objective) == Direction.Maximize ? ensemble - single : single - ensemble;
        gain = Math.Abs(gain) <= SameNumber * Math.Max(Math.Abs(single), Math.Abs(ensemble)) ? 0 : gain;
        var (low, high) = estimated is null ? (0, 0) : gain < 0 ? (-estimated.High, -estimated.Low) : (estimated.Low, estimated.High);
        var interval = estimated is null ? "" : $" (95 % interval {Format.Number(low)} to {Format.Number(high)})";
        var doubt = estimated is { Low: <= 0, High: >= 0 } ? " With so few rows that may be chance." : "";
        return gain switch
        {
            > 0 => $"{SafeText.Of(metric)}: the ensemble is better than the best single trial by {Format.Number(gain)}{interval}.{doubt}",
            0 => $"{SafeText.Of(metric)}: the ensemble is as good as the best single trial, not better.",
            < 0 => $"{SafeText.Of(metric)}: the ensemble is worse than the best single trial by {Format.Number(-gain)}{interval}; the single trial is the better choice by this measure.{doubt}",
            _ => $"{SafeText.Of(metric)}: the two cannot be compared, because one of the numbers is not finite.",
        };
    }

    private static string Member(TrialId trial, double? weight) =>
        weight is { } share ? string.Create(CultureInfo.InvariantCulture, $"{trial}×{share:0.##}") : $"{trial}";
}

using SearchCluster.Models.Tasks;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>How sure it is that one of two predictors is better on new rows of the same kind.</summary>
internal static class GainEstimate
{
    /// <summary>Rows, or blocks of them, below which there is no interval: the percentile interval of a mean is narrower than that of
    /// Student by a tenth at 20 rows, by a sixth at 10 and without bound below, and draws of a handful of rows may all agree.</summary>
    public const int FewestRows = 20;

    private const int MostResamples = 2_000;
    private const int FewestResamples = 200;
    private const double Tail = 0.025;

    // Numbers that all resamples together may add up: with many classes there are fewer resamples, so that the time has a bound.
    private const double Work = 2e7;

    // With fewer the ends of an interval are a matter of few rows.
    private const double LeastDefined = 0.9;

    /// <summary>Draws the rows again, both predictors on the same ones, computes each metric of the drawn rows, and reads off the 2.5 % and
    /// 97.5 % points of the difference.</summary>
    /// <param name="better">The one that should be better.</param>
    /// <param name="other">The other on the same rows.</param>
    /// <param name="stream">Random numbers.</param>
    /// <param name="heed">Called now and then; may throw to end it.</param>
    /// <returns>By metric, for those that both have, that are defined for nearly all resamples and that differ in some of them; none of
    /// fewer than <see cref="FewestRows"/> rows.</returns>
    /// <remarks>
    /// The percentile interval of the paired bootstrap. Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
    /// O(rows) for each of at most 2,000 resamples up to <see cref="RowSums.MostBlocks"/> rows; above, blocks of neighbours are drawn.
    /// </remarks>
    public static ValueMap<Gain> Of(RowSums better, RowSums other, RandomStream stream, Action? heed = null)
    {
        if (better.Count < FewestRows)
        {
            return ValueMap<Gain>.Empty;
        }

        var metrics = better.Metrics
            .Select((metric, place) => (Metric: metric, Place: place, Other: PlaceOf(other, metric.Name)))
            .Where(metric => metric.Other >= 0)
            .ToArray();
        var resamples = (int)Math.Clamp(Work / Math.Max(better.Length, other.Length), FewestResamples, MostResamples);
        var differences = metrics.ToDictionary(metric => metric.Metric.Name, _ => new List<double>(resamples));
        var draws = new int[better.Count];
        for (var resample = 0; resample < resamples; resample++)
        {
            heed?.Invoke();
            Array.Clear(draws);
            for (var i = 0; i < draws.Length; i++)
            {
                draws[(int)(stream.NextDouble() * draws.Length)]++;
            }

            foreach (var (name, difference) in Differences(metrics, better, other, draws).Where(entry => double.IsFinite(entry.Difference)))
            {
                differences[name].Add(difference);
            }
        }

        Array.Fill(draws, 1);
        var gains = ValueMap<Gain>.Empty;
        foreach (var (name, gain) in Differences(metrics, better, other, draws).Where(
            entry => double.IsFinite(entry.Difference) && differences[entry.Name].Count >= LeastDefined * resamples))
        {
            var sorted = differences[name].Order().ToArray();
            var estimate = new Gain(gain, sorted[(int)(Tail * sorted.Length)], sorted[(int)((1 - Tail) * sorted.Length) - 1]);

            // Draws that all agree say nothing of rows that are yet to come.
            gains = estimate.HasWidth ? gains.With(name, estimate) : gains;
        }

        return gains;
    }

    /// <summary>The same for one metric that is a mean over rows.</summary>
    public static Gain? Of(RowScore better, RowScore other, RandomStream stream) =>
        Of(RowSums.Of(better), RowSums.Of(other), stream).TryGetValue(better.Metric, out var gain) ? gain : null;

    private static int PlaceOf(RowSums sums, string metric) => sums.Metrics
        .Select((known, place) => (known.Name, place))
        .Where(known => known.Name == metric)
        .Select(known => known.place)
        .DefaultIfEmpty(-1)
        .First();

    private static IEnumerable<(string Name, double Difference)> Differences(
        (ScoreDefinition Metric, int Place, int Other)[] metrics, RowSums better, RowSums other, int[] draws)
    {
        var (one, two) = (Summarise(better, draws), Summarise(other, draws));
        return metrics.Select(metric => (metric.Metric.Name, (metric.Metric.Direction == Direction.Maximize
            ? 1
            : -1) * (one[metric.Place] - two[metric.Other])));
    }

    private static double[] Summarise(RowSums rows, int[] draws)
    {
        var sums = new double[rows.Length];
        for (var block = 0; block < draws.Length; block++)
        {
            if (draws[block] > 0)
            {
                rows.AddTo(sums, block, draws[block]);
            }
        }

        return rows.Summarise(sums);
    }
}

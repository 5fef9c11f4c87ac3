using SearchCluster.Models.Tasks;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>How sure it is that one of two predictors is better on new rows of the same kind.</summary>
internal static class GainEstimate
{
    private const int Resamples = 2_000;
    private const double Tail = 0.025;

    /// <summary>Resamples the rows, both predictors on the same ones, and reads off the 2.5 % and 97.5 % points of the difference.</summary>
    /// <param name="better">Scores of the one that should be better.</param>
    /// <param name="other">Scores of the other on the same rows.</param>
    /// <param name="stream">Random numbers.</param>
    /// <remarks>The percentile interval of the paired bootstrap. Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13. O(rows) for each of 2,000 resamples.</remarks>
    public static Gain Of(RowScore better, RowScore other, RandomStream stream)
    {
        var sign = better.Direction == Direction.Maximize ? 1 : -1;
        var differences = better.Rows.Zip(other.Rows, (a, b) => sign * (a - b)).ToArray();
        var weights = better.Weights ?? [.. Enumerable.Repeat(1.0, differences.Length)];
        var means = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            var (sum, weight) = (0.0, 0.0);
            for (var i = 0; i < differences.Length; i++)
            {
                var row = (int)(stream.NextDouble() * differences.Length);
                sum += weights[row] * differences[row];
                weight += weights[row];
            }

            means[resample] = weight > 0 ? sum / weight : 0;
        }

        Array.Sort(means);
        return new(differences.Zip(weights, (difference, weight) => difference * weight).Sum() / weights.Sum(), means[(int)(Tail * Resamples)], means[(int)((1 - Tail) * Resamples) - 1]);
    }
}

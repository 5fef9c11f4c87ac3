namespace SearchCluster.Search.Scheduling.Wilcoxon;

/// <summary>The one-sided Wilcoxon signed-rank test of paired differences.</summary>
/// <remarks>
/// Zero differences are dropped, tied ones share the mean of their ranks (Wilcoxon 1945). Up to <see cref="LargestExact"/> differences the
/// p-value is exact: the distribution of the rank sum over all 2^n signs, with the ranks as they are, so ties are exact too. Ranks are
/// counted in halves, which makes mean ranks whole numbers. Above that it is the normal approximation with the variance corrected for ties
/// and without continuity correction, as scipy's default is. Exact: O(n³) for n differences.
/// </remarks>
internal static class SignedRankTest
{
    /// <summary>Most differences whose distribution is computed exactly; 2^50 signs still have exact counts in a double.</summary>
    public const int LargestExact = 50;

    /// <summary>Computes how likely so large a sum of positive ranks is when the differences are symmetric about 0.</summary>
    /// <param name="differences">Finite or infinite differences; zeros are dropped.</param>
    /// <returns>P(W+ ≥ observed), from above 0 to 1; 1 when all differences are 0.</returns>
    public static double Greater(ReadOnlySpan<double> differences)
    {
        double[] kept = [.. differences.ToArray().Where(difference => difference != 0).OrderBy(Math.Abs)];
        if (kept.Length == 0)
        {
            return 1;
        }

        var ranks = DoubledRanks(kept);
        var positive = 0;
        for (var i = 0; i < kept.Length; i++)
        {
            positive += kept[i] > 0 ? ranks[i] : 0;
        }

        return kept.Length <= LargestExact ? Exact(ranks, positive) : Approximate(ranks, positive);
    }

    private static int[] DoubledRanks(double[] ordered)
    {
        var ranks = new int[ordered.Length];
        for (var start = 0; start < ordered.Length;)
        {
            var end = start + 1;
            while (end < ordered.Length && Math.Abs(ordered[end]) == Math.Abs(ordered[start]))
            {
                end++;
            }

            // Ranks start + 1 … end share their mean (start + 1 + end) / 2; twice that is whole.
            Array.Fill(ranks, start + 1 + end, start, end - start);
            start = end;
        }

        return ranks;
    }

    private static double Exact(int[] ranks, int positive)
    {
        var counts = new double[ranks.Sum() + 1];
        counts[0] = 1;
        var reach = 0;
        foreach (var rank in ranks)
        {
            for (var sum = reach; sum >= 0; sum--)
            {
                counts[sum + rank] += counts[sum];
            }

            reach += rank;
        }

        return counts.AsSpan(positive).ToArray().Sum() / Math.Pow(2, ranks.Length);
    }

    private static double Approximate(int[] ranks, int positive)
    {
        // Each rank enters W+ with probability 1/2, so its variance is a quarter of the sum of squared ranks; that holds with ties.
        var mean = ranks.Sum(rank => rank / 2.0) / 2;
        var variance = ranks.Sum(rank => rank / 2.0 * (rank / 2.0)) / 4;
        return MathNet.Numerics.SpecialFunctions.Erfc(((positive / 2.0) - mean) / Math.Sqrt(2 * variance)) / 2;
    }
}

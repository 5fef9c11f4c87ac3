namespace SearchCluster.Search.Analysis.Importance;

/// <summary>Importance for being among the best: how far the values of the best trials are distributed
/// differently from those of all trials.</summary>
/// <remarks>
/// <para>
/// For each parameter the densities p of the best share and q of all trials are estimated, and their Pearson divergence
/// Σ (p/q - 1)² q is its importance; shares are these divided by their sum. Unlike fANOVA it does not ask what makes bad trials bad.
/// Interactions are not seen. Cost: O(n d) and 50² d for each resample.
/// </para>
/// <para>
/// Source: Watanabe, Bansal, Hutter, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces", IJCAI 2023,
/// arXiv:2304.10255, equation 7 with the whole space as the subspace. Differs: a conditional parameter is compared among the trials in
/// which it is active, and its divergence is multiplied by the share of the best trials in which it is, because the paper has no
/// conditions; the spread comes from resamples of the trials.
/// </para>
/// </remarks>
public static class PedAnova
{
    // Far from the numbers of the trees of a forest, so that the two methods draw from different streams.
    private const long FirstStream = 1L << 32;

    /// <summary>Computes the shares.</summary>
    /// <param name="sample">The trials.</param>
    /// <param name="options">What counts as the best.</param>
    /// <param name="seed">Seed of the resamples, usually the search's.</param>
    /// <returns>Shares that sum to 1, or all 0 when the best are distributed as all; no pairs.</returns>
    public static ImportanceReport Compute(AnalysisSample sample, PedAnovaOptions options, ulong seed)
    {
        var bestFirst = sample.BestFirst();
        var shares = Shares(sample, bestFirst, options);
        var resampled = new double[options.Resamples][];
        for (var i = 0; i < resampled.Length; i++)
        {
            var random = SeedSequence.Stream(seed, StreamPurpose.Bootstrap, FirstStream + i);

            // Ranks drawn with replacement and sorted are a resample of the trials, best first.
            var ranks = new int[bestFirst.Length];
            for (var r = 0; r < ranks.Length; r++)
            {
                ranks[r] = (int)random.NextBelow((ulong)bestFirst.Length);
            }

            Array.Sort(ranks);
            resampled[i] = Shares(sample, [.. ranks.Select(rank => bestFirst[rank])], options);
        }

        return new(
            sample.Encoding.Axes
                .Select((axis, i) => new ParameterImportance(
                    axis.Parameter.Name, shares[i], Moments.Of([.. resampled.Select(other => other[i])]).Spread))
                .OrderByDescending(single => single.Share)
                .ThenBy(single => single.Parameter, StringComparer.Ordinal)
                .ToValueArray(),
            []);
    }

    /// <summary>How many trials count as the best.</summary>
    internal static int BestCount(int trials, PedAnovaOptions options) =>
        Math.Min(trials, Math.Max(options.FewestBest, (int)Math.Ceiling(options.TopShare * trials)));

    private static double[] Shares(AnalysisSample sample, int[] bestFirst, PedAnovaOptions options)
    {
        var best = BestCount(bestFirst.Length, options);
        var divergences = sample.Encoding.Axes.Select((_, axis) => Divergence(sample, bestFirst, best, axis)).ToArray();
        var sum = divergences.Sum();
        return sum > 0 ? [.. divergences.Select(divergence => divergence / sum)] : new double[divergences.Length];
    }

    private static double Divergence(AnalysisSample sample, int[] bestFirst, int best, int axis)
    {
        var cells = new CellDensity(sample.Encoding.Axes[axis]);
        var ofBest = Places(bestFirst.AsSpan(0, best));
        if (ofBest.Count < 2)
        {
            return 0;
        }

        var (p, q) = (cells.Estimate(ofBest), cells.Estimate(Places(bestFirst)));
        return ofBest.Count / (double)best * p.Zip(q, (inBest, inAll) => ((inBest / inAll) - 1) * ((inBest / inAll) - 1) * inAll).Sum();

        List<double> Places(ReadOnlySpan<int> rows)
        {
            var places = new List<double>(rows.Length);
            foreach (var row in rows)
            {
                if (sample.Point(row)[axis] is var place && !double.IsNaN(place))
                {
                    places.Add(place);
                }
            }

            return places;
        }
    }
}

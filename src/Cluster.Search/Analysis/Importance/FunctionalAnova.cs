using SearchCluster.Search.Analysis.Forests;

namespace SearchCluster.Search.Analysis.Importance;

/// <summary>Importance as the share of the loss's variance over the whole space that a parameter, or the
/// interaction of two, accounts for.</summary>
/// <remarks>
/// <para>
/// A tree is constant in boxes, so the variance of its marginals is a finite sum and exact: with w the volumes of the leaves, c their
/// values and f₀ = Σ w c, the marginal over a set U of axes has the variance Σ over pairs of leaves of
/// (c - f₀)(c' - f₀) · w/w_U · w'/w'_U · |overlap of the two on U|. The measure is the prior of the search: uniform on each parameter's
/// own scale. Shares are computed for each tree and averaged; the spread over the trees tells how far they agree.
/// </para>
/// <para>
/// Shares of single parameters and pairs need not sum to 1: the rest belongs to interactions of three and more. A conditional
/// parameter is a constant where it is inactive, so its share is small when it is rarely active. A few trials with a very large loss
/// dominate the variance and so the shares; <see cref="PedAnova"/> asks about the good ones. Cost: for each tree with
/// L leaves O(L²) for all pairs together, and O(s²) for a parameter that it splits in s places.
/// </para>
/// <para>
/// Source: Hutter, Hoos, Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML 2014, algorithm 2.
/// Differs: the double sum over leaves replaces the product of the cells of each axis, because it needs no list of thresholds.
/// </para>
/// </remarks>
public static class FunctionalAnova
{
    /// <summary>Pairs are computed among this many parameters, the most important ones, to bound the cost; one of two others that matter
    /// only together is missed.</summary>
    public const int MostPairedParameters = 10;

    /// <summary>Computes the shares.</summary>
    /// <param name="forest">Fitted to the finished trials.</param>
    /// <param name="withPairs">Whether interactions of two parameters are computed.</param>
    /// <returns>Shares of the total variance.</returns>
    public static ImportanceReport Compute(RandomForest forest, bool withPairs = false)
    {
        var trees = forest.Trees.Select(tree => new TreeVariance(tree.Leaves())).Where(tree => tree.Total > 0).ToArray();
        var axes = forest.Sample.Encoding.Axes;
        var variances = axes.Select((_, axis) => trees.Select(tree => tree.OfAxis(axis)).ToArray()).ToArray();
        var singles = axes.Select((axis, i) => Single(axis.Parameter.Name, trees.Select((tree, t) => variances[i][t] / tree.Total)))
            .ToArray();
        return new(
            singles.OrderByDescending(single => single.Share).ThenBy(single => single.Parameter, StringComparer.Ordinal).ToValueArray(),
            withPairs ? Pairs(forest, trees, variances, singles).OrderByDescending(pair => pair.Share).ToValueArray() : []);
    }

    private static ParameterImportance Single(string parameter, IEnumerable<double> shares)
    {
        var (mean, spread) = Moments.Of([.. shares]);
        return new(parameter, mean, spread);
    }

    private static IEnumerable<PairImportance> Pairs(
        RandomForest forest, TreeVariance[] trees, double[][] alone, ParameterImportance[] singles)
    {
        var chosen = Enumerable.Range(0, singles.Length)
            .OrderByDescending(axis => singles[axis].Share)
            .Take(MostPairedParameters)
            .Order()
            .ToArray();
        var together = trees.Select(tree => tree.OfPairs(chosen)).ToArray();
        var axes = forest.Sample.Encoding.Axes;
        foreach (var (pair, (first, second)) in chosen.SelectMany((i, n) => chosen.Skip(n + 1).Select(j => (i, j))).Index())
        {
            // Rounding may leave a tiny negative number where there is no interaction.
            var shares = trees.Select((tree, t) => Math.Max(0, together[t][pair] - alone[first][t] - alone[second][t]) / tree.Total);
            var (mean, spread) = Moments.Of([.. shares]);
            yield return new(axes[first].Parameter.Name, axes[second].Parameter.Name, mean, spread);
        }
    }
}

using SearchCluster.Search.Analysis.Forests;

namespace SearchCluster.Search.Analysis.Importance;

/// <summary>The variance of one tree over the unit cube, and of its marginals over one and two axes, in a unit of the tree's own.</summary>
/// <remarks>
/// With q the overlap of two leaves on an axis divided by both their sizes, a marginal's variance is the sum over pairs of leaves of the
/// product of their volumes, deviations from the mean, and the q of its axes; one pass gives those of all axes and pairs.
/// The unit is the square of the largest deviation, so that huge losses do not overflow; only ratios are meant to be used.
/// </remarks>
internal sealed class TreeVariance
{
    private readonly List<LeafBox> _leaves;
    private readonly double[] _weights;

    public TreeVariance(List<LeafBox> leaves)
    {
        _leaves = leaves;
        var mean = leaves.Sum(leaf => leaf.Volume * leaf.Value);
        var unit = leaves.Max(leaf => Math.Abs(leaf.Value - mean)) is > 0 and var largest ? largest : 1;
        _weights = [.. leaves.Select(leaf => leaf.Volume * ((leaf.Value - mean) / unit))];
        Total = leaves.Select((leaf, i) => _weights[i] * ((leaf.Value - mean) / unit)).Sum();
    }

    /// <summary>The variance of the tree.</summary>
    public double Total { get; }

    /// <summary>Computes the variances of marginals.</summary>
    /// <param name="axes">The axes.</param>
    /// <param name="withPairs">Whether those over two axes are computed.</param>
    /// <returns>For each of the axes; and for each pair in the order (0, 1), (0, 2), …, (1, 2), …, in which those of the single ones are part of it.</returns>
    public (double[] Singles, double[] Pairs) OfMarginals(ReadOnlySpan<int> axes, bool withPairs)
    {
        var singles = new double[axes.Length];
        var pairs = new double[withPairs ? axes.Length * (axes.Length - 1) / 2 : 0];
        var shared = new double[axes.Length];
        for (var i = 0; i < _leaves.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var weight = (i == j ? 1 : 2) * _weights[i] * _weights[j];
                for (var k = 0; k < shared.Length; k++)
                {
                    shared[k] = _leaves[i].RelativeOverlap(_leaves[j], axes[k]);
                    singles[k] += weight * shared[k];
                }

                AddPairs(pairs, shared, weight);
            }
        }

        return (singles, pairs);
    }

    private static void AddPairs(double[] pairs, double[] shared, double weight)
    {
        if (pairs.Length == 0)
        {
            return;
        }

        var pair = 0;
        for (var first = 0; first < shared.Length; first++)
        {
            var ofFirst = weight * shared[first];
            for (var second = first + 1; second < shared.Length; second++)
            {
                pairs[pair++] += ofFirst * shared[second];
            }
        }
    }
}

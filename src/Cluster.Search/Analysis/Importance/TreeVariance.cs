using SearchCluster.Search.Analysis.Forests;

namespace SearchCluster.Search.Analysis.Importance;

/// <summary>The variance of one tree over the unit cube, and of its marginals over one and two axes, in a unit of the tree's own.</summary>
/// <remarks>
/// With q the overlap of two leaves on an axis divided by both their sizes, a marginal's variance is the sum over pairs of leaves of the
/// product of their volumes, deviations from the mean, and the q of its axes.
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

    /// <summary>Computes the variance of the marginal over one axis; leaves with the same part of the axis count as one.</summary>
    public double OfAxis(int axis)
    {
        var parts = _leaves.Zip(_weights)
            .GroupBy(leaf => leaf.First.Part(axis))
            .Select(part => (Leaf: part.First().First, Weight: part.Sum(leaf => leaf.Second)))
            .ToArray();
        if (parts.Length == 1)
        {
            // The tree never splits the axis, so its marginal is constant: exactly 0, without what rounding leaves.
            return 0;
        }

        var sum = 0.0;
        for (var i = 0; i < parts.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                sum += (i == j ? 1 : 2) * parts[i].Weight * parts[j].Weight * parts[i].Leaf.RelativeOverlap(parts[j].Leaf, axis);
            }
        }

        return Math.Max(0, sum);
    }

    /// <summary>Computes the variances of the marginals over all pairs of some axes; those of the single ones are part of them.</summary>
    /// <returns>One for each pair, in the order (0, 1), (0, 2), …, (1, 2), ….</returns>
    public double[] OfPairs(ReadOnlySpan<int> axes)
    {
        var pairs = new double[axes.Length * (axes.Length - 1) / 2];
        var shared = new double[axes.Length];
        for (var i = 0; i < _leaves.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var k = 0; k < shared.Length; k++)
                {
                    shared[k] = _leaves[i].RelativeOverlap(_leaves[j], axes[k]);
                }

                AddPairs(pairs, shared, (i == j ? 1 : 2) * _weights[i] * _weights[j]);
            }
        }

        return pairs;
    }

    private static void AddPairs(double[] pairs, double[] shared, double weight)
    {
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

using SearchCluster.Search.Analysis.Forests;

namespace SearchCluster.Search.Analysis.Importance;

/// <summary>The variance of one tree over the unit cube, and of its marginals over one and two axes.</summary>
internal sealed class TreeVariance
{
    private readonly List<LeafBox> _leaves;
    private readonly double[] _deviations;

    public TreeVariance(List<LeafBox> leaves)
    {
        _leaves = leaves;
        var mean = leaves.Sum(leaf => leaf.Volume * leaf.Value);
        _deviations = [.. leaves.Select(leaf => leaf.Value - mean)];
        Total = leaves.Select((leaf, i) => leaf.Volume * _deviations[i] * _deviations[i]).Sum();
    }

    /// <summary>The variance of the tree.</summary>
    public double Total { get; }

    /// <summary>The variance of the marginal over one axis.</summary>
    public double OfAxis(int axis) => Sum(
        leaf => leaf.Volume / leaf.Size(axis),
        (one, other) => one.Overlap(other, axis));

    /// <summary>The variance of the marginal over two axes; that of the single ones is part of it.</summary>
    public double OfAxes(int first, int second) => Sum(
        leaf => leaf.Volume / leaf.Size(first) / leaf.Size(second),
        (one, other) => one.Overlap(other, first) is > 0 and var shared ? shared * one.Overlap(other, second) : 0);

    private double Sum(Func<LeafBox, double> rest, Func<LeafBox, LeafBox, double> overlap)
    {
        var weights = _leaves.Select((leaf, i) => _deviations[i] * rest(leaf)).ToArray();
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * weights[i] * overlap(_leaves[i], _leaves[i]);
            for (var j = 0; j < i; j++)
            {
                sum += 2 * weights[i] * weights[j] * overlap(_leaves[i], _leaves[j]);
            }
        }

        return Math.Max(0, sum);
    }
}

using SearchCluster.Search.Analysis.Forests;

namespace SearchCluster.Search.Analysis.Dependence;

/// <summary>What a forest expects of each value of a parameter, averaged over all values of the others.</summary>
/// <remarks>
/// The average is exact for each tree (a sum over its boxes) and taken over the prior of the search: uniform on each parameter's own
/// scale. The spread is the standard deviation over the trees: how far they disagree, not how much the loss varies.
/// Source: Friedman, "Greedy Function Approximation", Annals of Statistics 29, 2001, section 8.2; marginals as in
/// <see cref="Importance.FunctionalAnova"/>. Cost: O(L) for each tree and point, with L leaves.
/// </remarks>
public static class PartialDependence
{
    /// <summary>Most points of one axis; a parameter with fewer values gets all of them.</summary>
    public const int MostPoints = 25;

    /// <summary>Computes the dependence on one parameter.</summary>
    /// <param name="forest">Fitted to the finished trials.</param>
    /// <param name="axis">Number of the parameter's axis.</param>
    /// <returns>Points in order of the axis.</returns>
    public static ValueArray<DependencePoint> OfParameter(RandomForest forest, int axis)
    {
        var trees = forest.Trees.Select(tree => tree.Leaves()).ToArray();
        return AxisPlaces.Of(forest.Sample.Encoding.Axes[axis], MostPoints)
            .Select(place =>
            {
                var (mean, spread) = Moments.Of([.. trees.Select(leaves => Marginal(leaves, (axis, place)))]);
                return new DependencePoint(forest.Sample.Encoding.Axes[axis].Decode(place), place, mean, spread);
            })
            .ToValueArray();
    }

    /// <summary>Computes the dependence on two parameters.</summary>
    /// <param name="forest">Fitted to the finished trials.</param>
    /// <param name="first">Number of one parameter's axis.</param>
    /// <param name="second">Number of the other's, another one.</param>
    /// <returns>Points in order of the first axis, then of the second.</returns>
    public static ValueArray<PairDependencePoint> OfPair(RandomForest forest, int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(second, first);
        var axes = forest.Sample.Encoding.Axes;
        var trees = forest.Trees.Select(tree => tree.Leaves()).ToArray();
        var places = AxisPlaces.Of(axes[first], MostPoints)
            .SelectMany(one => AxisPlaces.Of(axes[second], MostPoints).Select(other => (one, other)));
        return places
            .Select(place =>
            {
                var (mean, spread) = Moments.Of([.. trees.Select(leaves => Marginal(leaves, (first, place.one), (second, place.other)))]);
                return new PairDependencePoint(axes[first].Decode(place.one), axes[second].Decode(place.other), mean, spread);
            })
            .ToValueArray();
    }

    private static double Marginal(List<LeafBox> leaves, params ReadOnlySpan<(int Axis, double Place)> given)
    {
        var sum = 0.0;
        foreach (var leaf in leaves)
        {
            var weight = leaf.Volume;
            foreach (var (axis, place) in given)
            {
                weight = leaf.Covers(axis, place) ? weight / leaf.Size(axis) : 0;
            }

            sum += weight * leaf.Value;
        }

        return sum;
    }
}

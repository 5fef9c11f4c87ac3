using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Analysis.Dependence;

/// <summary>Places of an axis at which something is looked up: all values of a countable axis, else evenly
/// spread ones with both ends.</summary>
internal static class AxisPlaces
{
    /// <summary>Lists places in ascending order.</summary>
    /// <param name="axis">Countable or continuous.</param>
    /// <param name="most">Most places, at least 2; an axis without order gets all its levels.</param>
    public static IReadOnlyList<double> Of(Axis axis, int most)
    {
        if (axis.Levels <= most || axis.Kind == AxisKind.Categorical)
        {
            return [.. Enumerable.Range(0, (int)axis.Levels).Select(level => axis.MiddleOf(level))];
        }

        return [.. Enumerable.Range(0, most).Select(i => axis.Snap(i / (most - 1.0))).Distinct()];
    }
}

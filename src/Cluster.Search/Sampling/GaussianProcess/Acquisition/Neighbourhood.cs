using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>Moves along one countable axis.</summary>
internal static class Neighbourhood
{
    /// <summary>Up to this many values are all tried; of a longer ordered axis only the next ones.</summary>
    private const double FewValues = 10;

    /// <summary>Tells whether an axis takes part in continuous steps: real numbers, and ordered values that are many.</summary>
    public static bool IsRelaxed(Axis axis) =>
        double.IsInfinity(axis.Levels) || (axis.Kind != AxisKind.Categorical && axis.Levels > FewValues);

    /// <summary>Lists the places next to one.</summary>
    /// <param name="axis">A continuous one has no places next to another.</param>
    /// <param name="place">From 0 to 1.</param>
    /// <returns>Middles of other cells; none on a continuous axis.</returns>
    public static IEnumerable<double> Of(Axis axis, double place)
    {
        if (double.IsInfinity(axis.Levels) || axis.Levels <= 1)
        {
            return [];
        }

        var level = axis.LevelAt(place);
        return axis.Levels <= FewValues
            ? Enumerable.Range(0, (int)axis.Levels).Where(other => other != level).Select(other => axis.MiddleOf(other))
            : axis.Kind == AxisKind.Categorical ? Sparse(axis, level) : Adjacent(axis, level);
    }

    private static IEnumerable<double> Adjacent(Axis axis, double level)
    {
        if (level > 0)
        {
            yield return axis.MiddleOf(level - 1);
        }

        if (level < axis.Levels - 1)
        {
            yield return axis.MiddleOf(level + 1);
        }
    }

    private static IEnumerable<double> Sparse(Axis axis, double level) =>
        Enumerable.Range(1, (int)FewValues)
            .Select(step => axis.MiddleOf((level + Math.Floor(step * axis.Levels / (FewValues + 1))) % axis.Levels));
}

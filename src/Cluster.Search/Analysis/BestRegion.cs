using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Analysis;

/// <summary>Which values the best trials have.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Low">Smallest value of the best trials; null for a parameter without order, or when it is inactive in all of them.</param>
/// <param name="High">Largest value of the best trials; null as for <paramref name="Low"/>.</param>
/// <param name="Levels">For a parameter without order: its values in the best trials, the most frequent first; null otherwise.</param>
/// <param name="Trials">In how many of the best trials it is active.</param>
public sealed record BestRegion(string Parameter, ParameterValue? Low, ParameterValue? High, ValueArray<LevelCount>? Levels, int Trials)
{
    /// <summary>Looks at the best trials.</summary>
    /// <param name="sample">The trials.</param>
    /// <param name="best">How many of them count as the best.</param>
    /// <returns>One entry for each parameter, in the order of the space.</returns>
    public static ValueArray<BestRegion> Of(AnalysisSample sample, int best)
    {
        var rows = sample.BestFirst().Take(best).ToArray();
        return sample.Encoding.Axes
            .Select((axis, i) => Of(axis, [.. rows.Select(row => sample.Point(row)[i]).Where(double.IsFinite)]))
            .ToValueArray();
    }

    private static BestRegion Of(Axis axis, double[] places)
    {
        var name = axis.Parameter.Name;
        if (axis.Kind != AxisKind.Categorical)
        {
            return places.Length == 0
                ? new(name, null, null, null, 0)
                : new(name, axis.Decode(places.Min()), axis.Decode(places.Max()), null, places.Length);
        }

        var levels = places
            .GroupBy(place => axis.LevelAt(place))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .Select(group => new LevelCount(axis.Decode(group.First()), group.Count()));
        return new(name, null, null, levels.ToValueArray(), places.Length);
    }
}

/// <summary>How often a value occurs.</summary>
/// <param name="Value">Decoded, as a configuration has it.</param>
/// <param name="Count">In how many trials.</param>
public sealed record LevelCount(ParameterValue Value, int Count);

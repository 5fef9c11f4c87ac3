namespace SearchCluster.Search.State;

/// <summary>The objective of one trial over its measurements, kept up to date with each of them.</summary>
/// <remarks>Non-finite measurements never become the best one; the last one and the means take them as they are.</remarks>
/// <param name="Count">How many measurements carried the objective.</param>
/// <param name="Best">The best finite value; without one the first value, as it is; NaN before any.</param>
/// <param name="BestIndex">Index of its measurement in the curve; -1 without one.</param>
/// <param name="Last">The last value, or NaN.</param>
/// <param name="BeforeLast">The value before, or NaN.</param>
/// <param name="ThirdLast">The value before that, or NaN.</param>
/// <param name="Sum">The sum of all values, non-finite ones included.</param>
public sealed record ObjectiveProgress(int Count, double Best, int BestIndex, double Last, double BeforeLast, double ThirdLast, double Sum)
{
    /// <summary>Before the first measurement.</summary>
    public static ObjectiveProgress None { get; } = new(0, double.NaN, -1, double.NaN, double.NaN, double.NaN, 0);

    /// <summary>Adds a measurement.</summary>
    /// <param name="objective">How trials are judged.</param>
    /// <param name="measurement">The one after those that are counted.</param>
    /// <param name="index">Its index in the curve.</param>
    /// <returns>The progress with it; unchanged when it does not carry the objective's metric.</returns>
    public ObjectiveProgress With(ObjectiveSpec objective, Measurement measurement, int index)
    {
        if (!measurement.Metrics.TryGetValue(objective.Metric, out var value))
        {
            return this;
        }

        var isBetter = double.IsFinite(value)
            && (BestIndex < 0 || (objective.Direction == Direction.Minimize ? value < Best : value > Best));
        return new(Count + 1, isBetter || Count == 0 ? value : Best, isBetter ? index : BestIndex, value, Last, BeforeLast, Sum + value);
    }

    /// <summary>Computes the objective.</summary>
    /// <param name="aggregate">How measurements become one value.</param>
    /// <returns>The value, possibly non-finite; null before the first measurement.</returns>
    public double? Value(ObjectiveAggregate aggregate) => (aggregate, Count) switch
    {
        (_, 0) => null,
        (ObjectiveAggregate.Best, _) => Best,
        (ObjectiveAggregate.Mean, _) => Sum / Count,
        (ObjectiveAggregate.MeanLast3, 2) => (Last + BeforeLast) / 2,
        (ObjectiveAggregate.MeanLast3, >= 3) => (Last + BeforeLast + ThirdLast) / 3,
        _ => Last,
    };
}

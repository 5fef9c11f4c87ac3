namespace SearchCluster.Models.Attempts;

/// <summary>A trial's measurements so far, and what follows from them; objective, kept epoch and patience are
/// functions of this list alone.</summary>
/// <remarks>
/// The kept epoch is the one with the best objective when the objective's aggregate is <see cref="ObjectiveAggregate.Best"/>
/// and best weights are restored; otherwise the last. A non-finite value is worse than every finite one. Measurements up to
/// <c>ownFrom</c> are another trial's, whose weights this one took over: none of them is its best once it has one of its own.
/// </remarks>
internal sealed class MeasurementHistory(ObjectiveSpec objective, bool restoresBest = true, int ownFrom = 0)
{
    private const int MeanWindow = 3;

    private readonly List<Measurement> _measurements = [];
    private int _best;

    public IReadOnlyList<Measurement> Measurements => _measurements;

    public int Count => _measurements.Count;

    public bool KeepsBest => restoresBest && objective.Aggregate == ObjectiveAggregate.Best;

    public int KeptIndex => KeepsBest ? _best : Count - 1;

    public Measurement Kept => _measurements[KeptIndex];

    public Measurement Last => _measurements[^1];

    /// <summary>The trial's value by the objective's aggregate.</summary>
    public double Objective => objective.Aggregate switch
    {
        ObjectiveAggregate.Last => Value(Last),
        ObjectiveAggregate.Mean => _measurements.Average(Value),
        ObjectiveAggregate.MeanLast3 => _measurements.TakeLast(MeanWindow).Average(Value),
        _ => Value(_measurements[_best]),
    };

    /// <summary>Appends a measurement.</summary>
    /// <returns>True when it is the best so far.</returns>
    public bool Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        var isFirstOwn = measurement.Resource > ownFrom && _measurements[_best].Resource <= ownFrom;
        if (Count > 1 && !isFirstOwn && !IsBetter(Value(measurement), Value(_measurements[_best]), objective.Direction))
        {
            return false;
        }

        _best = Count - 1;
        return true;
    }

    /// <summary>Compares two values of a metric.</summary>
    public static bool IsBetter(double value, double than, Direction direction, double minDelta = 0)
    {
        if (!double.IsFinite(value) || !double.IsFinite(than))
        {
            return double.IsFinite(value) && !double.IsFinite(than);
        }

        return direction == Direction.Minimize ? value < than - minDelta : value > than + minDelta;
    }

    private double Value(Measurement measurement) => measurement.Metrics[objective.Metric];
}

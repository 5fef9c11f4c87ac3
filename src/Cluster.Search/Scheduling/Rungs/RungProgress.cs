namespace SearchCluster.Search.Scheduling.Rungs;

/// <summary>What is known of one trial's curve so far.</summary>
internal struct RungProgress
{
    private double _best;
    private double _last;
    private double _beforeLast;
    private double _thirdLast;
    private double _sum;
    private int _count;

    /// <summary>How many measurements were taken into account.</summary>
    public int Taken;

    /// <summary>How many rungs were reached.</summary>
    public int Reached;

    /// <summary>The loss at the highest of them.</summary>
    public double Loss;

    /// <summary>The resource level at which it was reached.</summary>
    public int At;

    /// <summary>Adds a measurement.</summary>
    /// <param name="loss">Its loss, possibly infinite.</param>
    public void Add(double loss)
    {
        _best = _count == 0 ? loss : Math.Min(_best, loss);
        (_thirdLast, _beforeLast, _last) = (_beforeLast, _last, loss);
        _sum += loss;
        _count++;
    }

    /// <summary>Computes the loss over the measurements so far.</summary>
    /// <param name="aggregate">How.</param>
    /// <returns>Infinite when the last measurement, or one that counts, is not finite.</returns>
    public readonly double Aggregate(ObjectiveAggregate aggregate) => (aggregate, _count) switch
    {
        _ when double.IsInfinity(_last) => double.PositiveInfinity,
        (ObjectiveAggregate.Best, _) => _best,
        (ObjectiveAggregate.Mean, _) => _sum / _count,
        (ObjectiveAggregate.MeanLast3, 2) => (_last + _beforeLast) / 2,
        (ObjectiveAggregate.MeanLast3, >= 3) => (_last + _beforeLast + _thirdLast) / 3,
        _ => _last,
    };
}

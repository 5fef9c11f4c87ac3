using System.Globalization;

namespace SearchCluster.Search.Scheduling.Curves;

/// <summary>Stops a trial whose best loss so far is worse than a quantile of what earlier trials had achieved
/// at the same resource level.</summary>
/// <remarks>
/// Compared are trials that are over and measured at exactly that level. A non-finite measurement counts as infinitely bad. The best trial
/// so far is never stopped, and equal losses are not worse. Cost of a decision: O(log n).
/// </remarks>
public abstract class QuantileStopping : ITrialScheduler
{
    private static readonly SchedulingDecision TooEarly = new(
        SchedulingAction.Continue, new DecisionReason("Too few resource levels or finished trials to compare with."));

    private readonly FinishedCurves _finished;
    private readonly double _share;
    private readonly QuantileOptions _options;
    private readonly string _comparison;

    private protected QuantileStopping(string name, QuantileOptions options, double percentile, bool averages, string comparison)
    {
        (Name, _share, _comparison) = (name, percentile / 100, comparison);
        _finished = new FinishedCurves(averages);
        _options = options;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        _finished.Follow(view);
        if (measurement.Resource <= _options.Grace
            || _finished.At(measurement.Resource) is not { } others
            || others.Count < _options.MinTrials)
        {
            return TooEarly;
        }

        var observed = view.Trial(trial);
        var last = observed.Measured(observed.MeasurementCount - 1).Loss;
        var loss = double.IsInfinity(last) ? last : observed.BestLoss;
        var cutoff = others.Quantile(_share);
        return Decide(view, measurement.Resource, loss, cutoff, others);
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view) => NextAction.Start;

    private SchedulingDecision Decide(SearchView view, int resource, double loss, double cutoff, SortedLosses others)
    {
        var stops = loss > cutoff;
        var (rank, count) = (others.RankOf(loss), others.Count + 1);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It {(stops ? "stops" : "goes on")}: rank {rank} of {count} at resource {resource}, "
                + $"cutoff {LossText.Of(view, cutoff)} ({_comparison}), its best value {LossText.Of(view, loss)}.");
        return new(
            stops ? SchedulingAction.Stop : SchedulingAction.Continue,
            new DecisionReason(
                text,
                Resource: resource,
                Value: LossText.Value(view, loss),
                Cutoff: LossText.Value(view, cutoff),
                Rank: rank,
                Competitors: count));
    }
}

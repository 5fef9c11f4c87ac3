using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Scheduling.Threshold;

/// <summary>Stops a trial whose best value is still worse than a bound once it reached a resource level.</summary>
/// <remarks>A trial that measured a non-finite value is stopped at once, also before that level: it cannot be compared with a bound. Cost: O(1).</remarks>
public sealed class ThresholdScheduler : ITrialScheduler
{
    private static readonly SchedulingDecision TooEarly = new(SchedulingAction.Continue, new DecisionReason("It did not reach the level of the bound yet."));

    private readonly double _bound;
    private readonly int _grace;

    /// <summary>Makes the scheduler of a search.</summary>
    /// <param name="spec">A specification whose scheduler is <c>threshold</c>.</param>
    /// <exception cref="ArgumentException">Option <c>bound</c> is missing.</exception>
    public ThresholdScheduler(SearchSpec spec)
    {
        var options = new OptionValues(BuiltinSchedulers.Threshold, spec.Scheduler!.Options);
        _bound = options.Real("bound") ?? throw new ArgumentException("Scheduler threshold needs bound, the worst value of the objective that may go on.", nameof(spec));
        _grace = options.Integer("grace")!.Value;
    }

    /// <inheritdoc />
    public string Name => "threshold";

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var observed = view.Trial(trial);
        var last = observed.Measured(observed.MeasurementCount - 1).Loss;
        if (measurement.Resource <= _grace && !double.IsInfinity(last))
        {
            return TooEarly;
        }

        var loss = double.IsInfinity(last) ? last : observed.BestLoss;
        var stops = loss > LossOfBound(view);
        var text = LossText.Format(
            $"It {(stops ? "stops" : "goes on")} at resource {measurement.Resource}: bound {LossText.Number(_bound)}, its best value {LossText.Of(view, loss)}.");
        return new(
            stops ? SchedulingAction.Stop : SchedulingAction.Continue,
            new DecisionReason(text, Resource: measurement.Resource, Value: LossText.Value(view, loss), Cutoff: _bound));
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view) => NextAction.Start;

    private double LossOfBound(SearchView view) => view.Spec.Objective.Direction == Direction.Minimize ? _bound : -_bound;
}

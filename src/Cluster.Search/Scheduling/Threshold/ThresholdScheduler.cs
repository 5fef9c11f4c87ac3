using System.Globalization;

namespace SearchCluster.Search.Scheduling.Threshold;

/// <summary>Stops a trial whose best value is still worse than a bound once it reached a resource level.</summary>
/// <remarks>A trial that measured a non-finite value is stopped at once, also before that level: it cannot be
/// compared with a bound. Cost: O(1).</remarks>
public sealed class ThresholdScheduler(ThresholdOptions options) : ITrialScheduler
{
    private static readonly SchedulingDecision TooEarly = new(
        SchedulingAction.Continue, new DecisionReason("It did not reach the level of the bound yet."));

    /// <inheritdoc />
    public string Name => ThresholdOptions.Descriptor.Name;

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var observed = view.Trial(trial);
        var last = observed.Measured(observed.MeasurementCount - 1).Loss;
        if (measurement.Resource <= options.Grace && !double.IsInfinity(last))
        {
            return TooEarly;
        }

        var loss = double.IsInfinity(last) ? last : observed.BestLoss;
        var stops = loss > LossOfBound(view);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It {(stops ? "stops" : "goes on")} at resource {measurement.Resource}: "
                + $"bound {LossText.Number(options.Bound)}, its best value {LossText.Of(view, loss)}.");
        return new(
            stops ? SchedulingAction.Stop : SchedulingAction.Continue,
            new DecisionReason(text, Resource: measurement.Resource, Value: LossText.Value(view, loss), Cutoff: options.Bound));
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view) => NextAction.Start;

    private double LossOfBound(SearchView view) => view.Spec.Objective.Direction == Direction.Minimize ? options.Bound : -options.Bound;
}

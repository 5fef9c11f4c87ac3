using System.Globalization;

namespace SearchCluster.Search.Scheduling.Bandit;

/// <summary>Stops a trial whose value is worse than the best of all trials at the same resource level by more than a slack.</summary>
/// <remarks>
/// <para>All trials count that measured the objective at exactly that level, running, stopped and failed ones too. Their values are the
/// objective's aggregate over the measurements up to the level, as at the rungs of <c>asha</c>; a non-finite measurement is infinitely bad.
/// The best trial is never stopped, and equal values are not worse. With an interval it decides only at the first measurement at or above
/// each multiple of it.</para>
/// <para>What the slack is for either direction and for values of either sign: <see cref="Slack"/>. The rule is known from the bandit
/// policy of Azure Machine Learning, whose <c>evaluation_interval</c> is the interval and whose <c>delay_evaluation</c> the grace here.
/// Differs: both are in units of resource, and there is a slack by default.</para>
/// <para>Cost of a decision: O(1).</para>
/// </remarks>
public sealed class BanditScheduler(BanditOptions options) : ITrialScheduler
{
    private static readonly SchedulingDecision NotNow = new(
        SchedulingAction.Continue, new DecisionReason("It is not at a level at which the slack is looked at."));

    private readonly LevelBests _bests = new();

    /// <inheritdoc />
    public string Name => BanditOptions.Descriptor.Name;

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(measurement);
        var loss = _bests.Follow(view, trial);
        var observed = view.Trial(trial);
        if (measurement.Resource <= options.Grace
            || measurement.Resource / options.Interval == observed.PreviousResource / options.Interval
            || double.IsNaN(observed.Measured(observed.MeasurementCount - 1).Loss)
            || _bests.At(measurement.Resource) is not { } best)
        {
            return NotNow;
        }

        var cutoff = Slack.Cutoff(options, best.Loss);
        var stops = loss > cutoff;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It {(stops ? "stops" : "goes on")} at resource {measurement.Resource}: its value {LossText.Of(view, loss)}, "
                + $"cutoff {LossText.Of(view, cutoff)}, best value {LossText.Of(view, best.Loss)} of trial {new TrialId(best.Trial)}.");
        return new(
            stops ? SchedulingAction.Stop : SchedulingAction.Continue,
            new DecisionReason(
                text,
                Resource: measurement.Resource,
                Value: LossText.Value(view, loss),
                Cutoff: LossText.Value(view, cutoff)));
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view) => NextAction.Start;
}

using System.Globalization;

namespace SearchCluster.Search.Scheduling;

/// <summary>Lets a scheduler decide in rounds, so that the order of reports has no say.</summary>
/// <remarks>
/// <para>A measurement is judged with the rounds before that of the newest trial and with the trial's own
/// curve. For that each running trial has a scheduler of its own, because what a scheduler keeps of one view would be wrong for another:
/// making one costs a look at all measurements for each trial, not for each measurement.</para>
/// <para>A pause is a matter of the trial alone (<see cref="ITrialScheduler"/>); its reason leaves out the
/// rank, which only chance knows by then. Paused trials are promoted when nothing runs, which the decisions see
/// to; while new trials wait, only they are started.</para>
/// </remarks>
/// <param name="create">Makes the scheduler of the specification.</param>
public sealed class RoundScheduler(Func<ITrialScheduler> create) : ITrialScheduler
{
    private static readonly WaitForReports Wait = new(new DecisionReason("A reproducible search promotes trials when nothing runs."));

    private readonly ITrialScheduler _whole = create();
    private readonly Dictionary<TrialId, ITrialScheduler> _ofTrials = [];

    /// <inheritdoc />
    public string Name => _whole.Name;

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(measurement);
        var decision = SchedulerOf(view, trial).OnMeasurement(view.AtRoundOf(Newest(view), trial), trial, measurement);
        return decision.Action == SchedulingAction.Pause
            ? decision with { Reason = PauseReason(view, trial, measurement, decision.Reason) }
            : decision;
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.NextNew is not { } next ? _whole.Next(view)
            : _whole.Next(view.AtRoundOf(next, next)) is StartNewTrial start ? start
            : Wait;
    }

    private ITrialScheduler SchedulerOf(SearchView view, TrialId trial)
    {
        if (!_ofTrials.TryGetValue(trial, out var scheduler))
        {
            foreach (var over in _ofTrials.Keys.Where(other => view.Trial(other).State != TrialState.Running).ToList())
            {
                _ofTrials.Remove(over);
            }

            _ofTrials[trial] = scheduler = create();
        }

        return scheduler;
    }

    private static TrialId Newest(SearchView view) => new(view.TrialCount - 1);

    private static DecisionReason PauseReason(SearchView view, TrialId trial, Measurement measurement, DecisionReason reason)
    {
        var value = LossText.Of(view, view.Trial(trial).Measured(view.Trial(trial).MeasurementCount - 1).Loss);
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"It pauses at resource {measurement.Resource}, its value {value}; it is compared when all of its round are there."),
            reason.Rung,
            measurement.Resource,
            reason.Value);
    }
}

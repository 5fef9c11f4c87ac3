using SearchCluster.Search.Scheduling;
using SearchCluster.Search.View;
using Shouldly;

namespace SearchCluster.TestKit.Searches;

/// <summary>Checks each answer of a scheduler: one made anew gives the same, and it has a reason. Keeps what was decided.</summary>
/// <param name="create">Makes the scheduler.</param>
/// <param name="compares">False to leave the comparison out, which makes each call cost a scan of the search.</param>
public sealed class WatchedScheduler(Func<ITrialScheduler> create, bool compares = true) : ITrialScheduler
{
    private readonly ITrialScheduler _inner = create();

    /// <inheritdoc />
    public string Name => _inner.Name;

    /// <summary>Decisions other than to continue, in order.</summary>
    public List<(int Trial, int Resource, SchedulingDecision Decision)> Decided { get; } = [];

    /// <summary>Trials that were judged against others when they were stopped, with the view at that time.</summary>
    public List<(SearchView View, TrialId Trial)> Stopped { get; } = [];

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        var decision = _inner.OnMeasurement(view, trial, measurement);
        decision.Reason.Text.ShouldNotBeNullOrWhiteSpace();
        if (compares)
        {
            create().OnMeasurement(view, trial, measurement).ShouldBe(decision, "made anew");
        }

        if (decision.Action != SchedulingAction.Continue)
        {
            Decided.Add((trial.Number, measurement.Resource, decision));
        }

        if (decision.Action == SchedulingAction.Stop)
        {
            Stopped.Add((view, trial));
        }

        return decision;
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view)
    {
        var action = _inner.Next(view);
        if (compares)
        {
            create().Next(view).ShouldBe(action, "made anew");
        }

        return action;
    }
}

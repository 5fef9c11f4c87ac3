namespace SearchCluster.Search.Tests.Scheduling;

/// <summary>
/// Pauses every trial at resource 2, stops trials whose loss exceeds 100 at resource 1, and promotes the best paused trial each time
/// three trials reached resource 2.
/// </summary>
internal sealed class PauseAtTwoScheduler : ITrialScheduler
{
    public string Name => "pause-at-two";

    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        var seen = view.Trial(trial);
        seen.Resource.ShouldBe(measurement.Resource, "the view contains the measurement");
        var reason = new DecisionReason($"resource {measurement.Resource}", Rung: 0, Resource: measurement.Resource, Value: seen.LossSoFar);
        return new(
            measurement.Resource == 2 ? SchedulingAction.Pause : seen.LossSoFar > 100 ? SchedulingAction.Stop : SchedulingAction.Continue,
            reason);
    }

    public NextAction Next(SearchView view)
    {
        var reached = view.Trials.Count(trial => trial.Resource >= 2);
        var promoted = view.Trials.Count(trial => trial.Resource >= 2 && trial.State != TrialState.Paused);
        if (promoted < reached / 3)
        {
            var best = view.Paused.MinBy(trial => trial.LossSoFar);
            return new PromoteTrial(
                best.Id, UntilResource: 4, CheckpointOf: null, new DecisionReason("best of three", Rank: 1, Competitors: 3));
        }

        return NextAction.Start;
    }
}

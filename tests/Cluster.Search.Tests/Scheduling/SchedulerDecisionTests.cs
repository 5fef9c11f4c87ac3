namespace SearchCluster.Search.Tests.Scheduling;

public sealed class SchedulerDecisionTests
{
    private readonly SearchScenario _search = SearchScenario.Of(4, scheduler: new PauseAtTwoScheduler()).Suggest();

    private LeaseKey PauseNext(double value)
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, value);
        _search.Measure(lease, 2, 2, value);
        _search.Report(lease, 3, new AttemptHalted(2, TestSpecs.Result(value, 2)));
        return lease;
    }

    [Fact]
    public void A_stop_is_told_to_the_worker_and_ends_the_trial_early_with_its_result()
    {
        var lease = _search.LeaseOne();

        var accepted = _search.Measure(lease, 1, 1, 200).ShouldBeOfType<WorkerProtocol.ReportAccepted>();

        accepted.Decision!.Action.ShouldBe(SchedulingAction.Stop);
        _search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldBe("resource 1");
        _search.Measure(lease, 2, 2, 200).ShouldBeOfType<WorkerProtocol.ReportAccepted>().Decision.ShouldBe(accepted.Decision);
        _search.Report(lease, 3, new AttemptHalted(1, TestSpecs.Result(200)));
        _search.Trial(0).State.ShouldBe(TrialState.StoppedEarly);
        _search.Trial(0).Reason.ShouldBe(accepted.Decision.Reason);
        _search.ShouldReplay();
    }

    [Fact]
    public void A_stopped_trial_whose_worker_is_lost_is_leased_once_more_for_its_result_and_no_further()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 200);
        _search.Expire(lease);

        var again = _search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();
        (again.Lease.Item, again.FromResource, again.UntilResource).ShouldBe((lease.Item, 1, 1));
        _search.ShouldReplay();
        _search.Report(again.Lease, 1, new AttemptCompleted(TestSpecs.Result(200), TrainingStop.ResourceLimit));

        (_search.Trial(0).State, _search.Trial(0).Result).ShouldBe((TrialState.StoppedEarly, TestSpecs.Result(200)));
        _search.ShouldReplay();
    }

    [Fact]
    public void A_stopped_trial_that_a_worker_gives_back_is_leased_once_more_for_its_result()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 200);
        _search.Send(new SearchCommands.ReleaseLease(lease, 0));

        var again = _search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();
        (again.Lease.Item, again.UntilResource).ShouldBe((lease.Item, 1));

        // Its report of a level beyond was lost with the worker; it is measured, but decided no more.
        _search.Measure(again.Lease, 1, 2, 1).ShouldBeOfType<WorkerProtocol.ReportAccepted>().Decision.ShouldBeNull();
        _search.Report(again.Lease, 2, new AttemptCompleted(TestSpecs.Result(1, 2), TrainingStop.ResourceLimit));
        (_search.Trial(0).State, _search.Trial(0).Result!.HasModel).ShouldBe((TrialState.StoppedEarly, TestSpecs.Result(1, 2).HasModel));
        _search.ShouldReplay();
    }

    [Fact]
    public void A_stopped_trial_that_loses_its_worker_again_and_again_ends_with_what_was_measured_and_says_that_it_has_no_model()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 200);
        for (var lost = 0; lost <= RetrySpec.Default.Max; lost++)
        {
            _search.Expire(lost == 0 ? lease : _search.LeaseOne());
        }

        _search.Trial(0).State.ShouldBe(TrialState.StoppedEarly);
        _search.Trial(0).Result!.HasModel.ShouldBeFalse();
        _search.Trial(0).Failure!.Kind.ShouldBe(TrialFailureKind.WorkerLost);
        _search.ShouldReplay();
    }

    [Fact]
    public void A_pause_frees_the_place_and_keeps_the_trial_for_promotion()
    {
        PauseNext(1);

        _search.Trial(0).State.ShouldBe(TrialState.Paused);
        _search.Trial(0).FailedAttempts.ShouldBe(0);
        _search.LeaseOne().Item.ShouldBe(WorkItem.Trial(new TrialId(1)));
        _search.ShouldReplay();
    }

    [Fact]
    public void A_paused_trial_whose_worker_is_lost_is_leased_once_more_for_its_result_and_then_paused()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 1);
        _search.Measure(lease, 2, 2, 1);

        _search.Expire(lease);
        var again = _search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();
        (again.Lease.Item, again.FromResource, again.UntilResource).ShouldBe((lease.Item, 2, 2));
        _search.Report(again.Lease, 1, new AttemptCompleted(TestSpecs.Result(1, 2), TrainingStop.ResourceLimit));

        (_search.Trial(0).State, _search.Trial(0).Result).ShouldBe((TrialState.Paused, TestSpecs.Result(1, 2)));
        _search.ShouldReplay();
    }

    [Fact]
    public void The_promoted_trial_goes_on_from_its_checkpoint_to_the_next_resource()
    {
        PauseNext(3);
        PauseNext(1);
        PauseNext(2);

        var promoted = _search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();

        (promoted.Lease.Item, promoted.FromResource, promoted.UntilResource).ShouldBe((WorkItem.Trial(new TrialId(1)), 2, 4));
        _search.LastEvents[0].ShouldBeOfType<SearchEvents.TrialPromoted>().Reason.Competitors.ShouldBe(3);
        _search.ShouldReplay();
    }

    [Fact]
    public void A_trial_that_reaches_its_resource_limit_is_paused()
    {
        PauseNext(3);
        PauseNext(1);
        PauseNext(2);
        var promoted = _search.LeaseOne();
        _search.Measure(promoted, 1, 3, 1);
        _search.Measure(promoted, 2, 4, 0.5);

        _search.Report(promoted, 3, new AttemptCompleted(TestSpecs.Result(0.5, 4), TrainingStop.ResourceLimit));

        _search.Trial(1).State.ShouldBe(TrialState.Paused);
        _search.Trial(1).TrainingStop.ShouldBe(TrainingStop.ResourceLimit);
    }

    [Fact]
    public void Trials_that_are_still_paused_at_the_end_count_with_their_best_result()
    {
        foreach (var value in new double[] { 4, 3, 2 })
        {
            PauseNext(value);
        }

        _search.Complete(_search.LeaseOne(), 1.5);
        PauseNext(9);

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        _search.State.Counts.ShouldBe(new Contracts.Api.TrialCounts(0, 0, 0, Completed: 1, StoppedEarly: 3, 0, 0));
        _search.Trial(0).Result!.HasModel.ShouldBeTrue();
        _search.State.Best!.Result!.Objective.ShouldBe(2);
        _search.ShouldReplay();
    }

    [Fact]
    public void A_promotion_is_prepared_when_nothing_else_waits_so_that_the_search_shows_demand()
    {
        var search = SearchScenario.Of(3, scheduler: new PauseAtTwoScheduler()).Suggest();
        foreach (var lease in search.Lease(slots: 3).Select(assignment => assignment.Lease))
        {
            search.Measure(lease, 1, 2, lease.Fence);
            search.Report(lease, 2, new AttemptHalted(2, TestSpecs.Result(lease.Fence, 2)));
        }

        search.State.WorkDemand().Groups.ShouldBe(1);
        search.LeaseOne().Item.ShouldBe(WorkItem.Trial(new TrialId(0)));
    }

    [Fact]
    public void Without_a_scheduler_every_trial_goes_on() =>
        new NoScheduler()
            .OnMeasurement(SearchView.Of(_search.State), new TrialId(0), TestSpecs.Measurement(1, 1)).Action
            .ShouldBe(SchedulingAction.Continue);
}

namespace SearchCluster.Search.Tests.Searches;

public sealed class PauseStopResumeTests
{
    private readonly SearchScenario _search = SearchScenario.Of(4).Suggest();

    private static SearchCommands.PauseSearch Pause => new(TestSpecs.Id);

    private static SearchCommands.ResumeSearch Resume => new(TestSpecs.Id);

    [Fact]
    public void Asks_running_attempts_to_stop_when_paused_and_starts_none()
    {
        var lease = _search.LeaseOne();

        _search.Send(Pause).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Paused));

        _search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldBe("The search was paused.");
        _search.Lease().ShouldBeEmpty();
        _search.Report(lease, 1, new AttemptHalted(0, null));
        _search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.AttemptEnded>().End.ShouldBe(AttemptEnd.SearchPaused);
        _search.Send(Resume).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));
        _search.LeaseOne().ShouldBe(new LeaseKey(TestSpecs.Id, lease.Item, 2, 2));
        _search.ShouldReplay();
    }

    [Fact]
    public void Accepts_a_pause_again_without_an_event()
    {
        _search.Send(Pause);

        _search.Send(Pause).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Paused, AlreadyDone: true));

        _search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void Accepts_a_resume_of_a_running_search_without_an_event()
    {
        _search.Send(Resume).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running, AlreadyDone: true));
    }

    [Fact]
    public void Ends_a_paused_search_whose_trials_are_all_done_when_it_is_resumed()
    {
        var search = SearchScenario.Of(1).Suggest();
        var lease = search.LeaseOne();
        search.Send(Pause);
        search.Complete(lease, 1);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Paused);

        search.Send(Resume);

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
    }

    [Fact]
    public void Rejects_a_resume_of_an_ended_search_without_additions_and_tells_what_to_do()
    {
        _search.RunToEnd(_ => 1);

        var rejected = _search.Send<SearchReplies.CommandRejected>(Resume);

        rejected.Code.ShouldBe(RejectionCode.WrongState);
        rejected.Message.ShouldBe(
            "Search 'test' is over (completed: All trials of the budget (4) are done.); resume it with more trials or more time: "
                + "searchcluster resume test --trials +20.");
    }

    [Fact]
    public void Rejects_a_pause_of_an_ended_search()
    {
        _search.RunToEnd(_ => 1);

        _search.Send<SearchReplies.CommandRejected>(Pause).Code.ShouldBe(RejectionCode.WrongState);
    }

    [Fact]
    public void Extends_an_ended_search_which_runs_again_with_the_next_numbers()
    {
        _search.RunToEnd(_ => 1);

        _search.Send(Resume with { AdditionalTrials = 2 })
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));
        _search.RunToEnd(_ => 1);

        _search.State.Trials.Count.ShouldBe(6);
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        _search.State.EndedAt.ShouldNotBeNull();
        _search.ShouldReplay();
    }

    [Fact]
    public void Lets_skipped_trials_wait_again_when_the_search_is_extended()
    {
        _search.Complete(_search.LeaseOne(), 1);
        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
        _search.State.Counts.Skipped.ShouldBe(3);

        _search.Send(Resume with { AdditionalTrials = 1 });

        _search.State.Counts.Waiting.ShouldBe(3);
        _search.LeaseOne().Item.ShouldBe(WorkItem.Trial(new TrialId(1)));
        _search.ShouldReplay();
    }

    [Fact]
    public void Rejects_an_extension_that_does_not_lift_the_limit_that_ended_the_search()
    {
        var search = new SearchScenario(TestSpecs.Spec(50, budget: b => b with { Time = TimeSpan.FromHours(1) })).Suggest();
        search.Now += TimeSpan.FromHours(1);
        search.Send(new SearchCommands.CheckLimits(TestSpecs.Id));

        search.Send<SearchReplies.CommandRejected>(Resume with { AdditionalTrials = 5 }).Message.ShouldContain("running time");
        search.Send<SearchReplies.CommandAccepted>(Resume with { AdditionalTime = TimeSpan.FromHours(1) });

        search.State.Budget.Time.ShouldBe(TimeSpan.FromHours(2));
        search.LeaseOne();
    }

    [Fact]
    public void Changes_the_concurrency_of_a_running_search()
    {
        _search.Send<SearchReplies.CommandAccepted>(Resume with { Concurrency = 1 });

        _search.Lease(slots: 4).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(-1, 0, null)]
    [InlineData(0, -1, null)]
    [InlineData(0, 0, 0)]
    [InlineData(int.MaxValue, 0, null)]
    public void Rejects_additions_outside_their_range(int trials, int hours, int? concurrency)
    {
        var command = new SearchCommands.ResumeSearch(TestSpecs.Id, trials, TimeSpan.FromHours(hours), concurrency);

        _search.Send<SearchReplies.CommandRejected>(command).Code.ShouldBe(RejectionCode.OutOfRange);
    }

    [Fact]
    public void Lets_running_attempts_finish_after_a_graceful_stop()
    {
        var lease = _search.LeaseOne();

        _search.Send<SearchReplies.CommandAccepted>(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Graceful));

        _search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldBeNull();
        _search.Complete(lease, 1);
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Stopped);
        _search.State.Counts.ShouldBe(new Contracts.Api.TrialCounts(0, 0, 0, Completed: 1, 0, 0, Skipped: 3));
    }

    [Fact]
    public void Tries_an_attempt_that_is_lost_after_a_graceful_stop_again()
    {
        var lease = _search.LeaseOne();
        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Graceful));

        _search.Expire(lease);

        _search.Complete(_search.LeaseOne(), 1);
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Stopped);
        _search.ShouldReplay();
    }

    [Fact]
    public void Cancels_running_attempts_when_a_graceful_stop_is_hastened()
    {
        var leases = _search.Lease(slots: 2);
        _search.Measure(leases[0].Lease, 1, 1, 0.5);
        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Graceful));

        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        _search.State.OpenLeases.ShouldAllBe(lease => lease.CancelReason != null);
        _search.Report(leases[0].Lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));
        _search.Report(leases[1].Lease, 1, new AttemptHalted(0, null));
        (_search.Trial(0).State, _search.Trial(1).State).ShouldBe((TrialState.StoppedEarly, TrialState.Skipped));
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Stopped);
    }

    [Fact]
    public void Keeps_what_was_measured_of_an_attempt_that_is_lost_after_stop_now()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 0.5);
        _search.Measure(lease, 2, 2, 0.7);
        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        _search.Expire(lease);

        _search.Trial(0).State.ShouldBe(TrialState.StoppedEarly);
        _search.Trial(0).Result
            .ShouldBe(new TrialResult(0.5, 1, 2, ValueMap<double>.Empty.With("value", 0.5), TimeSpan.FromSeconds(2), HasModel: false));
    }

    [Theory]
    [InlineData(ObjectiveAggregate.Last, 0.7)]
    [InlineData(ObjectiveAggregate.Mean, 0.6)]
    public void What_was_measured_is_told_with_the_measurement_that_is_kept(ObjectiveAggregate aggregate, double objective)
    {
        var spec = TestSpecs.Spec(4);
        var search = new SearchScenario(spec with { Objective = spec.Objective with { Aggregate = aggregate } }).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);
        search.Measure(lease, 2, 2, 0.7);
        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        search.Expire(lease);

        var result = search.Trial(0).Result.ShouldNotBeNull();
        result.Objective.ShouldBe(objective, 1e-12);
        (result.BestResource, result.Metrics["value"]).ShouldBe((2, 0.7));
    }

    [Fact]
    public void The_metrics_of_folds_are_means_as_their_value_is()
    {
        var spec = TestSpecs.Spec(4);
        var search = new SearchScenario(spec with
        {
            Objective = spec.Objective with { Aggregate = ObjectiveAggregate.Mean },
            Data = new DataSpec("t.csv", null, new SplitSpec(Folds: 4)),
        }).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);
        search.Measure(lease, 2, 2, 0.7);
        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        search.Expire(lease);

        var result = search.Trial(0).Result.ShouldNotBeNull();
        (result.Objective, result.BestResource, result.LastResource).ShouldBe((0.6, 1, 2));
        result.Metrics["value"].ShouldBe(0.6, 1e-12);
    }

    [Fact]
    public void Accepts_a_stop_of_an_ended_search_without_an_event()
    {
        _search.RunToEnd(_ => 1);

        _search.Send<SearchReplies.CommandAccepted>(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now)).AlreadyDone.ShouldBeTrue();
    }
}

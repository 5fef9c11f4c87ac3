namespace SearchCluster.Search.Tests.Searches;

public sealed class BudgetTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static SearchEndReason? EndOf(SearchScenario search) => search.State.End?.Reason;

    [Fact]
    public void Ends_when_all_trials_of_the_budget_are_done()
    {
        var search = SearchScenario.Of(3).RunToEnd(a => a.Lease.Fence);

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        EndOf(search).ShouldBe(SearchEndReason.Trials);
        search.State.Trials.Count.ShouldBe(3);
        search.State.EndedAt.ShouldBe(search.Now);
        search.ShouldReplay();
    }

    [Fact]
    [Trait("Promise", "R06")]
    public void Never_records_more_suggestions_than_the_budget_has_trials()
    {
        var search = SearchScenario.Of(3);
        var five = Enumerable.Repeat(new Suggestion(ParameterValues.Empty, new SuggestionOrigin("test")), 5).ToValueArray();

        search.Send(new SearchCommands.RecordSuggestions(TestSpecs.Id, new TrialId(0), five, null));

        search.State.Trials.Count.ShouldBe(3);
        search.State.SuggestionsWanted(10).Count.ShouldBe(0);
    }

    [Fact]
    public void Drops_suggestions_that_were_made_for_another_trial()
    {
        var search = SearchScenario.Of(5).Suggest(prefetch: 2);
        var one = new Suggestion(ParameterValues.Empty, new SuggestionOrigin("test"));

        search.Send(new SearchCommands.RecordSuggestions(TestSpecs.Id, new TrialId(1), [one], null));

        search.LastEvents.ShouldBeEmpty();
        search.State.SuggestionsWanted(4).ShouldBe((new TrialId(2), 2));
    }

    [Fact]
    [Trait("Promise", "R06")]
    public void Counts_a_retried_trial_once()
    {
        var search = SearchScenario.Of(2).Suggest();
        search.Expire(search.LeaseOne());

        search.RunToEnd(_ => 1);

        search.State.Trials.Count.ShouldBe(2);
        search.State.Counts.Completed.ShouldBe(2);
    }

    [Fact]
    public void Ends_when_the_space_is_exhausted()
    {
        var spec = TestSpecs.Spec(10) with { Space = new([new("b", new BooleanDomain())]), Algorithm = new("grid", ParameterValues.Empty) };

        var search = new SearchScenario(spec).RunToEnd(_ => 1);

        EndOf(search).ShouldBe(SearchEndReason.SpaceExhausted);
        search.State.Counts.Completed.ShouldBe(2);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
    }

    [Fact]
    public void An_exhausted_space_is_not_extended_by_a_budget_and_the_way_out_is_named()
    {
        var spec = TestSpecs.Spec(10) with { Space = new([new("b", new BooleanDomain())]), Algorithm = new("grid", ParameterValues.Empty) };
        var search = new SearchScenario(spec).RunToEnd(_ => 1);

        search.Send<SearchReplies.CommandRejected>(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 20)).Message.ShouldBe(
            "Search 'test' would end again at once: All 2 configurations of the space were suggested. No limit of the budget holds it "
                + "back; widen the space, or give its configurations repeats, in the spec of another search: searchcluster run SPEC --name "
                + "NEW.");
        search.Send<SearchReplies.CommandRejected>(new SearchCommands.ResumeSearch(TestSpecs.Id)).Message.ShouldEndWith(
            "; widen the space, or give its configurations repeats, in the spec of another search: searchcluster run SPEC --name NEW.");
    }

    [Fact]
    public void A_limit_that_no_command_adds_to_is_said_to_be_one()
    {
        var search = new SearchScenario(TestSpecs.Spec(null, budget: b => b with { Epochs = 1 })).Suggest(3);
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);
        search.Report(lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));

        search.Send<SearchReplies.CommandRejected>(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTime: Minute)).Message
            .ShouldContain("Nothing can be added to that limit");
    }

    [Fact]
    [Trait("Promise", "R07")]
    public void Ends_when_its_running_time_is_used_up_and_cancels_running_attempts()
    {
        var search = new SearchScenario(TestSpecs.Spec(null, budget: b => b with { Time = 10 * Minute })).Suggest(3);
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);
        search.State.NextLimitAt.ShouldBe(search.Now + (10 * Minute));
        search.Now += 10 * Minute;

        search.Send(new SearchCommands.CheckLimits(TestSpecs.Id));

        EndOf(search).ShouldBe(SearchEndReason.Time);
        search.State.Counts.Skipped.ShouldBe(2);
        search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldNotBeNull();
        search.Report(lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));
        search.Trial(0).State.ShouldBe(TrialState.StoppedEarly);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        search.ShouldReplay();
    }

    [Fact]
    [Trait("Promise", "R07")]
    public void Leases_nothing_after_its_running_time_even_before_the_tick()
    {
        var search = new SearchScenario(TestSpecs.Spec(null, budget: b => b with { Time = Minute })).Suggest(3);
        search.Now += Minute;

        search.Lease().ShouldBeEmpty();

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Failed);
        search.State.End!.Explanation.ShouldContain("No trial has a usable result.");
    }

    [Fact]
    public void Leaves_pauses_and_downtime_out_of_its_running_time()
    {
        var search = new SearchScenario(TestSpecs.Spec(null, budget: b => b with { Time = 10 * Minute })).Suggest(3);
        search.Now += Minute;
        search.Send(new SearchCommands.PauseSearch(TestSpecs.Id));
        search.State.NextLimitAt.ShouldBeNull();
        search.Now += 100 * Minute;
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id));
        search.Now += Minute;
        search.LeaseOne();
        search.Now += 100 * Minute;
        search.Send(new SearchCommands.MarkRecovered(TestSpecs.Id));
        search.Now += Minute;

        search.State.Clock.ActiveTime(search.Now).ShouldBe(3 * Minute);
        search.State.Clock.DeviceTime(search.Now).ShouldBe(Minute);
        search.State.NextLimitAt.ShouldBe(search.Now + (7 * Minute));
        search.ShouldReplay();
    }

    [Fact]
    public void Time_in_which_no_attempt_runs_is_no_work()
    {
        var search = new SearchScenario(TestSpecs.Spec(4)).Suggest(4);
        var (first, second) = (search.LeaseOne(), search.LeaseOne());
        search.Now += Minute;
        search.Complete(first, 0.5);
        search.Now += Minute;
        search.Complete(second, 0.5);
        search.Now += 100 * Minute;
        search.State.Clock.BusyTime(search.Now).ShouldBe(2 * Minute);
        search.LeaseOne();
        search.Now += Minute;
        search.State.Clock.BusyTime(search.Now).ShouldBe(3 * Minute);
        search.Send(new SearchCommands.MarkRecovered(TestSpecs.Id));
        search.Now += Minute;

        search.State.Clock.ActiveTime(search.Now).ShouldBeGreaterThan(100 * Minute);
        var detail = SearchProjection.Detail(search.State, search.Now);
        detail.BusyTime.ShouldBe(search.State.Clock.BusyTime(search.Now));
        detail.BusyTime.ShouldNotBeNull().ShouldBeLessThan(5 * Minute);
        detail.RunningSince.ShouldBe(search.Now - Minute);
        search.ShouldReplay();
    }

    [Fact]
    public void Ends_when_the_summed_time_of_its_attempts_is_used_up()
    {
        var search = new SearchScenario(TestSpecs.Spec(null, budget: b => b with { DeviceTime = 10 * Minute })).Suggest(5);
        var leases = search.Lease(slots: 2);
        search.State.NextLimitAt.ShouldBe(search.Now + (5 * Minute));
        search.Now += 4 * Minute;
        search.Complete(leases[0].Lease, 1);
        search.State.NextLimitAt.ShouldBe(search.Now + (2 * Minute));
        search.Now += 2 * Minute;

        search.Send(new SearchCommands.CheckLimits(TestSpecs.Id));

        EndOf(search).ShouldBe(SearchEndReason.DeviceTime);
        search.State.End!.Explanation.ShouldBe("The device time of 10m is used up.");
    }

    [Fact]
    public void Ends_when_its_epochs_are_spent()
    {
        var search = new SearchScenario(TestSpecs.Spec(null, budget: b => b with { Epochs = 3 })).Suggest(2);
        var lease = search.LeaseOne();
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            EndOf(search).ShouldBeNull();
            search.Measure(lease, epoch, epoch, 1);
        }

        EndOf(search).ShouldBe(SearchEndReason.Epochs);
    }

    [Fact]
    public void Ends_after_so_many_finished_trials_without_a_new_best_and_lets_running_ones_finish()
    {
        var search = new SearchScenario(TestSpecs.Spec(20, budget: b => b with { NoImprovement = 2 })).Suggest();
        var running = search.LeaseOne();
        foreach (var value in new[] { 3.0, 2, 4 })
        {
            search.Complete(search.LeaseOne(), value);
        }

        EndOf(search).ShouldBeNull();
        search.Complete(search.LeaseOne(), 2);

        EndOf(search).ShouldBe(SearchEndReason.NoImprovement);
        search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldBeNull();
        search.Complete(running, 1);
        search.State.Best!.Id.Number.ShouldBe(0);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
    }

    [Fact]
    public void Fails_when_more_trials_failed_than_allowed()
    {
        var search = new SearchScenario(TestSpecs.Spec(20, budget: b => b with { Failures = 1 })).Suggest();
        search.Complete(search.LeaseOne(), 1);
        search.Report(search.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);

        search.Report(search.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Failed);
        EndOf(search).ShouldBe(SearchEndReason.Failures);
    }

    [Fact]
    public void Ends_when_a_finished_trial_reaches_the_target()
    {
        var spec = TestSpecs.Spec(20);
        var search = new SearchScenario(spec with { Objective = spec.Objective with { Target = 0.1 } }).Suggest();
        search.Complete(search.LeaseOne(), 0.11);
        EndOf(search).ShouldBeNull();

        search.Complete(search.LeaseOne(), 0.1);

        EndOf(search).ShouldBe(SearchEndReason.TargetReached);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
    }

    [Fact]
    [Trait("Promise", "R29")]
    public void Never_moves_time_backwards_when_the_clock_is_set_back()
    {
        var search = SearchScenario.Of(3).Suggest();
        var at = search.Now;
        search.Now -= TimeSpan.FromHours(1);

        search.LeaseOne();

        search.LastEvents[0].At.ShouldBe(at);
        search.State.Clock.ActiveTime(search.Now).ShouldBe(TimeSpan.Zero);
    }
}

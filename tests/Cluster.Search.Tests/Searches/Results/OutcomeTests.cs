namespace SearchCluster.Search.Tests.Searches.Results;

public sealed class OutcomeTests
{
    [Fact]
    public void Finishes_a_completed_trial_with_the_number_of_its_report()
    {
        var search = SearchScenario.Of(3).Suggest();

        search.Complete(search.LeaseOne(), 0.5);

        var finished = search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.TrialFinished>();
        (finished.State, finished.Seq, finished.TrainingStop).ShouldBe((TrialState.Completed, 1, TrainingStop.AllEpochs));
        search.State.Counts.Completed.ShouldBe(1);
        search.State.OpenLeases.ShouldBeEmpty();
    }

    [Fact]
    public void A_result_without_the_metric_that_trials_are_judged_by_is_no_result()
    {
        var search = SearchScenario.Of(3).Suggest();
        var result = new TrialResult(0.001, 1, 1, new([new("accuracy", 0.5), new("loss", 2)]), TimeSpan.FromSeconds(1), HasModel: false);

        search.Report(search.LeaseOne(), 1, new AttemptCompleted(result, TrainingStop.AllEpochs));

        search.Trial(0).State.ShouldBe(TrialState.Failed);
        search.Trial(0).Failure
            .ShouldBe(new(
                TrialFailureKind.WorkloadError,
                "The result lacks value, by which trials are judged; it reports accuracy, loss. Let the workload report value, or name "
                    + "another metric in objective.metric."));
        search.State.Best.ShouldBeNull();
        search.ShouldReplay();
    }

    [Fact]
    public void An_outcome_of_other_work_is_the_fault_of_the_workload_and_not_of_versions()
    {
        var search = SearchScenario.Of(3).Suggest();

        search.Report(search.LeaseOne(), 1, new MemberCompleted());

        search.Trial(0).Failure!.Message.ShouldBe(
            "It ended with the outcome MemberCompleted, but a trial ends with AttemptCompleted, AttemptHalted or AttemptFailed; let the "
                + "workload return one of these.");
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void A_value_that_is_not_finite_stays_what_it_is(double value)
    {
        var search = SearchScenario.Of(3).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, resource: 1, value);
        SearchProjection.Detail(search.State, search.Now).Running.Single().Objective.ShouldBe(value);

        search.Report(lease, 2, new AttemptCompleted(
            new(value, 1, 1, ValueMap<double>.Empty.With("value", value), TimeSpan.FromSeconds(1), HasModel: false),
            TrainingStop.AllEpochs));

        SearchProjection.Trials(search.State, new SearchQueries.GetTrials(TestSpecs.Id, 0, 1, IncludeCurve: false)).Trials.Single()
            .Objective.ShouldBe(value);
    }

    [Fact]
    public void A_result_may_leave_the_metric_to_the_measurements()
    {
        var search = SearchScenario.Of(3).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, resource: 1, value: 0.25);

        search.Report(lease, 2, new AttemptCompleted(
            new(0.001, 1, 1, ValueMap<double>.Empty, TimeSpan.FromSeconds(1), HasModel: false), TrainingStop.AllEpochs));

        search.Trial(0).FinalObjective.ShouldBe(0.25);
    }

    [Fact]
    public void A_result_of_a_later_attempt_takes_level_and_metrics_from_the_best_measurement_of_all()
    {
        var search = SearchScenario.Of(3).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, resource: 1, value: 0.25);
        search.Measure(lease, 2, resource: 2, value: 0.75);

        search.Report(lease, 3, new AttemptCompleted(
            new(0.75, 2, 2, ValueMap<double>.Empty.With("value", 0.75), TimeSpan.FromSeconds(2), HasModel: false), TrainingStop.AllEpochs));

        var result = search.Trial(0).Result.ShouldNotBeNull();
        (result.Objective, result.BestResource, result.LastResource, result.Metrics["value"]).ShouldBe((0.25, 1, 2, 0.25));
    }

    [Fact]
    public void Fails_a_lost_trial_when_its_retries_are_used_up()
    {
        var search = SearchScenario.Of(3).Suggest();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            search.Expire(search.LeaseOne());
            search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.AttemptEnded>().End.ShouldBe(AttemptEnd.Lost);
        }

        search.Expire(search.LeaseOne());

        search.Trial(0).State.ShouldBe(TrialState.Failed);
        search.Trial(0).Failure!.Kind.ShouldBe(TrialFailureKind.WorkerLost);
        search.ShouldReplay();
    }

    [Fact]
    public void Tries_a_lost_trial_again_as_long_as_each_attempt_gets_further()
    {
        var search = SearchScenario.Of(3).Suggest();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            var lease = search.LeaseOne();
            search.Measure(lease, 1, resource: attempt, value: 1.0 / attempt);
            search.Expire(lease);
        }

        search.Trial(0).State.ShouldBe(TrialState.Waiting);
        search.Trial(0).Attempts.ShouldBe(10);
        search.Trial(0).FailedAttempts.ShouldBe(1);
        search.ShouldReplay();
    }

    [Fact]
    public void Does_not_count_released_and_paused_attempts_as_failures()
    {
        var search = new SearchScenario(TestSpecs.Spec() with { Retry = RetrySpec.Default with { Max = 0 } }).Suggest();
        search.Send(new SearchCommands.ReleaseLease(search.LeaseOne(), 0));
        var paused = search.LeaseOne();
        search.Send(new SearchCommands.PauseSearch(TestSpecs.Id));
        search.Report(paused, 1, new AttemptHalted(0, null));
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id));

        var third = search.LeaseOne();

        third.Attempt.ShouldBe(3);
        search.Trial(0).FailedAttempts.ShouldBe(0);
    }

    [Theory]
    [InlineData(TrialFailureKind.OutOfMemory, true)]
    [InlineData(TrialFailureKind.WorkloadError, false)]
    [InlineData(TrialFailureKind.Timeout, false)]
    [InlineData(TrialFailureKind.MemoryLimit, false)]
    public void Tries_again_only_after_failures_that_the_specification_names(TrialFailureKind kind, bool isRetried)
    {
        var search = new SearchScenario(TestSpecs.Spec() with
        {
            Retry = new RetrySpec(2, [TrialFailureKind.OutOfMemory, TrialFailureKind.MemoryLimit], TimeSpan.Zero),
        }).Suggest();

        search.Report(search.LeaseOne(), 1, TestSpecs.Failed(kind));

        search.Trial(0).State.ShouldBe(isRetried ? TrialState.Waiting : TrialState.Failed);
    }

    [Fact]
    public void Waits_for_the_backoff_before_a_retry()
    {
        var backoff = TimeSpan.FromMinutes(1);
        var search = new SearchScenario(TestSpecs.Spec(1) with { Retry = RetrySpec.Default with { Backoff = backoff } }).Suggest();
        search.Expire(search.LeaseOne());

        search.Lease().ShouldBeEmpty();
        search.State.NextLimitAt.ShouldBe(search.Now + backoff);
        search.State.WorkDemand(search.Now).Groups.ShouldBe(0);
        search.Now += backoff;

        search.State.WorkDemand(search.Now).Groups.ShouldBe(1);
        search.State.NextLimitAfter(search.Now).ShouldBeNull();
        search.LeaseOne().Attempt.ShouldBe(2);
    }

    [Fact]
    public void Never_tries_a_diverged_trial_again()
    {
        var search = new SearchScenario(
            TestSpecs.Spec() with { Retry = new RetrySpec(3, [TrialFailureKind.Diverged], TimeSpan.Zero) }).Suggest();

        search.Report(search.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.Diverged));

        search.Trial(0).State.ShouldBe(TrialState.Failed);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Fails_a_trial_that_ends_without_a_finite_objective(double value)
    {
        var search = SearchScenario.Of(3).Suggest();

        search.Complete(search.LeaseOne(), value);

        search.Trial(0).State.ShouldBe(TrialState.Failed);
        search.Trial(0).Failure!.Kind.ShouldBe(TrialFailureKind.Diverged);
    }

    [Fact]
    public void Ranks_a_trial_without_a_finite_objective_last_when_told_so()
    {
        var spec = TestSpecs.Spec();
        var search = new SearchScenario(spec with { Objective = spec.Objective with { OnNonFinite = NonFinitePolicy.Worst } }).Suggest();

        search.Complete(search.LeaseOne(), double.NegativeInfinity);
        search.Report(search.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.Diverged));
        search.Complete(search.LeaseOne(), 5);

        search.State.Counts.Completed.ShouldBe(3);
        search.State.Best!.Id.Number.ShouldBe(2);
    }

    [Fact]
    public void Keeps_the_best_finite_measurement_of_a_trial_that_diverges_later()
    {
        var search = SearchScenario.Of(3).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);
        search.Measure(lease, 2, 2, double.NaN);

        search.Complete(lease, double.NaN, seq: 3);

        search.Trial(0).State.ShouldBe(TrialState.Completed);
        search.Trial(0).Result!.Objective.ShouldBe(0.5);
    }

    [Fact]
    public void Stops_the_whole_search_when_a_trial_is_misconfigured()
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 2);

        search.Report(leases[0].Lease, 1, TestSpecs.Failed(TrialFailureKind.Misconfigured));

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Finishing);
        search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldBe("It failed with Misconfigured.");
        search.Report(leases[1].Lease, 1, new AttemptHalted(0, null));
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Failed);
        search.State.Counts.ShouldBe(new Contracts.Api.TrialCounts(0, 0, 0, 0, 0, Failed: 1, Skipped: 2));
        search.ShouldReplay();
    }

    [Fact]
    public void Treats_a_halt_that_nobody_asked_for_as_a_release()
    {
        var search = SearchScenario.Of(3).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);

        search.Report(lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));

        var ended = search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.AttemptEnded>();
        (ended.End, ended.Resource).ShouldBe((AttemptEnd.Released, 1));
        search.Trial(0).State.ShouldBe(TrialState.Waiting);
    }

    [Fact]
    public void Fails_an_attempt_whose_outcome_does_not_belong_to_a_trial()
    {
        var search = SearchScenario.Of(3).Suggest();
        var report = new EnsembleReport([], EnsembleCombination.Vote, ValueMap<double>.Empty, ValueMap<double>.Empty, "path");

        search.Report(search.LeaseOne(), 1, new EnsembleCompleted(report));

        search.Trial(0).Failure!.Kind.ShouldBe(TrialFailureKind.WorkloadError);
    }
}

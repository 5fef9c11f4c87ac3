namespace SearchCluster.Search.Tests.Searches.Neighbours;

/// <summary>Several trials run in a worker's process that ends: none of them is charged for what another did.</summary>
public sealed class SuspectTests
{
    [Fact]
    public void A_death_beside_others_is_charged_to_nobody_whatever_the_policy_says()
    {
        var search = new SearchScenario(TestSpecs.Spec() with { Retry = new RetrySpec(0, [], TimeSpan.Zero) }).Suggest();
        var leases = search.Lease(slots: 2);

        search.ExpireTogether(leases.Select(item => item.Lease));

        foreach (var number in (int[])[0, 1])
        {
            search.Trial(number).State.ShouldBe(TrialState.Waiting);
            search.Trial(number).FailedAttempts.ShouldBe(0);
            search.Trial(number).Losses.ShouldHaveSingleItem().IsAlone.ShouldBeFalse();
            search.Trial(number).Failure!.Message.ShouldEndWith("in the same process, so none of them is charged for it.");
            search.Trial(number).Failure!.Detail.ShouldBe("last words");
        }

        search.State.WorkDemand().Alone.ShouldBe(0, "one death may be the machine's");
        search.ShouldReplay();
    }

    [Fact]
    public void After_two_such_deaths_each_runs_alone_and_the_search_tells_why_once()
    {
        var search = Suspected();

        (search.State.WorkDemand().Groups, search.State.WorkDemand().Alone).ShouldBe((2, 2));
        search.Lease(slots: 4).Select(item => item.Lease.Item.TrialId!.Value.Number).ShouldBe([2, 3], "suspects are not among the others");
        var alone = search.LeaseAlone().ShouldHaveSingleItem();
        search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.AttemptStarted>().Alone.ShouldBeTrue();
        alone.Lease.Item.ShouldBe(WorkItem.Trial(new TrialId(0)));
        search.State.OpenLeases.Count(lease => lease.IsAlone).ShouldBe(1);
        search.State.Warnings.ShouldHaveSingleItem().Text.ShouldContain("run alone in a process now");
        search.ShouldReplay();
    }

    [Fact]
    public void The_guilty_one_is_found_and_given_up_and_the_innocent_one_completes()
    {
        var search = Suspected();
        search.Complete(search.LeaseAlone().ShouldHaveSingleItem().Lease, 0.5);

        for (var death = 0; death < RetrySpec.Default.Max; death++)
        {
            Die(search);
            search.Trial(1).State.ShouldBe(TrialState.Waiting);
        }

        Die(search);

        (search.Trial(0).State, search.Trial(1).State).ShouldBe((TrialState.Completed, TrialState.Failed));
        var message = search.Trial(1).Failure!.Message;
        message.ShouldStartWith("Given up: it lost the process of its worker 6 times without getting further, 4 of them alone in it, and "
            + "retry.max is 3.");
        message.ShouldContain("The process of worker w1 ended with exit code 134 after 2 s; The process of worker w1 was ended by signal 9 "
            + "(SIGKILL) after 3 s.");
        message.ShouldContain("searchcluster explain test t0001");
        message.Length.ShouldBeLessThan(AttemptFailure.MaximumMessage);
        search.Trial(1).Failure!.Detail.ShouldBe("assertion failed");
        search.ShouldReplay();
    }

    [Fact]
    public void What_runs_alone_is_charged_even_where_somebody_thinks_that_others_ran()
    {
        var search = Suspected();

        search.ExpireTogether(search.LeaseAlone()[0].Lease);

        search.Trial(0).FailedAttempts.ShouldBe(1);
        search.Trial(0).Losses[^1].IsAlone.ShouldBeTrue();
    }

    [Fact]
    public void A_worker_with_one_slot_leaves_no_doubt()
    {
        var search = SearchScenario.Of(2).Suggest();
        var lease = search.Lease(worker: TestSpecs.Worker() with { Slots = 1 })[0].Lease;

        search.ExpireTogether(lease);

        search.Trial(0).FailedAttempts.ShouldBe(1);
        search.ShouldReplay();
    }

    [Fact]
    public void A_new_resource_level_clears_a_trial_and_lets_others_run_beside_it()
    {
        var search = Suspected();
        var lease = search.LeaseAlone()[0].Lease;

        search.Measure(lease, 1, resource: 1, value: 0.5);

        search.State.OpenLeases.Single(open => open.Lease == lease).IsAlone.ShouldBeFalse();
        search.Trial(0).Losses.ShouldBeEmpty();
        search.ExpireTogether(lease);
        search.Trial(0).RunsAlone.ShouldBeFalse();
        search.Lease().ShouldHaveSingleItem().Lease.Item.ShouldBe(lease.Item);
        search.ShouldReplay();
    }

    [Fact]
    public void A_repeated_resource_level_clears_nobody()
    {
        var search = SearchScenario.Of(4).Suggest();
        var first = search.Lease(slots: 2);
        search.Measure(first[0].Lease, 1, resource: 1, value: 0.5);
        search.ExpireTogether(first.Select(item => item.Lease));
        search.ExpireTogether(search.Lease(slots: 2).Select(item => item.Lease));
        var lease = search.LeaseAlone()[0].Lease;

        search.Measure(lease, 1, resource: 1, value: 0.5);

        search.State.OpenLeases.Single(open => open.Lease == lease).IsAlone.ShouldBeTrue();
    }

    [Fact]
    public void Giving_back_and_pausing_keep_the_suspicion()
    {
        var search = Suspected();

        search.Send(new SearchCommands.ReleaseLease(search.LeaseAlone()[0].Lease, 0));
        search.Send(new SearchCommands.PauseSearch(TestSpecs.Id));
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id));

        search.State.WorkDemand().Alone.ShouldBe(2);
        search.ShouldReplay();
    }

    [Fact]
    public void One_place_is_kept_for_suspects_where_places_are_few()
    {
        var search = Suspected(TestSpecs.Spec(6) with { Resources = new ResourcesSpec(Concurrency: 2) });

        (search.State.WorkDemand().Groups, search.State.WorkDemand().Alone).ShouldBe((1, 2));
        search.Lease(slots: 4).Count.ShouldBe(1);
        search.LeaseAlone().Count.ShouldBe(1);
    }

    [Fact]
    public void A_suspect_waits_for_the_backoff_too()
    {
        var backoff = TimeSpan.FromMinutes(1);
        var search = new SearchScenario(TestSpecs.Spec(2) with { Retry = RetrySpec.Default with { Backoff = backoff } }).Suggest();
        search.ExpireTogether(search.Lease(slots: 2).Select(item => item.Lease));
        search.Now += backoff;
        search.ExpireTogether(search.Lease(slots: 2).Select(item => item.Lease));

        search.LeaseAlone().ShouldBeEmpty();
        search.State.NextLimitAfter(search.Now).ShouldBe(search.Now + backoff);
        search.Now += backoff;

        search.LeaseAlone().Count.ShouldBe(1);
    }

    [Fact]
    public void The_end_of_the_search_closes_suspects_as_all_that_waits()
    {
        var search = Suspected();

        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        search.State.IsOver.ShouldBeTrue();
        search.State.Counts.Skipped.ShouldBe(4);
        search.ShouldReplay();
    }

    [Fact]
    public void Members_of_an_ensemble_are_suspects_as_trials_are()
    {
        var search = new SearchScenario(TestSpecs.Spec(2, "bagging") with { Retry = new RetrySpec(0, [], TimeSpan.Zero) })
            .RunToTrialsEnd();
        var members = search.Lease(slots: 2);

        search.ExpireTogether(members.Select(item => item.Lease));
        search.ExpireTogether(search.Lease(slots: 2).Select(item => item.Lease));

        search.State.Ensemble.Member(0).FailedAttempts.ShouldBe(0);
        search.State.WorkDemand().Alone.ShouldBe(2);
        var alone = search.LeaseAlone().ShouldHaveSingleItem().ShouldBeOfType<MemberAssignment>();
        search.ExpireTogether(alone.Lease);
        search.State.Ensemble.Member(0).IsFinished.ShouldBeTrue("it ended its process with nothing else in it");
        search.ShouldReplay();
    }

    [Fact]
    public void An_ensemble_that_shared_its_process_is_built_again_alone()
    {
        var search = new SearchScenario(TestSpecs.Spec(2, "top-k") with { Retry = new RetrySpec(0, [], TimeSpan.Zero) }).RunToTrialsEnd();
        search.ExpireTogether(search.LeaseOne());
        search.ExpireTogether(search.LeaseOne());

        search.Lease().ShouldBeEmpty();
        search.LeaseAlone().ShouldHaveSingleItem().ShouldBeOfType<EnsembleAssignment>();
        search.ShouldReplay();
    }

    private static SearchScenario Suspected(SearchSpec? spec = null)
    {
        var search = new SearchScenario(spec ?? TestSpecs.Spec(4)).Suggest();
        for (var death = 0; death < 2; death++)
        {
            var leases = search.Lease(slots: 2).Select(item => item.Lease).ToList();
            leases.Select(lease => lease.Item.TrialId!.Value.Number).ShouldBe([0, 1]);
            search.ExpireTogether(leases);
        }

        return search;
    }

    private static void Die(SearchScenario search) => search.Send(new SearchCommands.ExpireLease(
        search.LeaseAlone().ShouldHaveSingleItem().Lease,
        "The process of worker w1 ended with exit code 134 after 2 s.",
        IsShared: false,
        "assertion failed"));
}

internal static class SuspectScenarios
{
    public static SearchScenario RunToTrialsEnd(this SearchScenario search)
    {
        foreach (var trial in search.Suggest().Lease(slots: 2))
        {
            search.Complete(trial.Lease, 0.5);
        }

        return search;
    }
}

namespace SearchCluster.Search.Tests.Searches;

/// <summary>A search that ended by its data or its configuration can be tried again, and started over while nothing rests on it.</summary>
public sealed class MisconfiguredTests
{
    [Fact]
    public void Resuming_lets_what_failed_and_what_was_skipped_wait_again()
    {
        var search = Failed();

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));

        search.State.Counts.ShouldBe(new Contracts.Api.TrialCounts(Waiting: 3, 0, 0, 0, 0, Failed: 0, Skipped: 0));
        search.State.FinishOrder.ShouldBeEmpty();
        search.Lease(slots: 3).Count.ShouldBe(3);
        search.ShouldReplay();
    }

    [Fact]
    public void Extending_lets_them_wait_again_as_well()
    {
        var search = Failed();

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 2))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));

        search.Suggest().State.Counts.ShouldBe(new Contracts.Api.TrialCounts(Waiting: 5, 0, 0, 0, 0, Failed: 0, Skipped: 0));
        search.ShouldReplay();
    }

    [Fact]
    public void Extending_tries_again_what_an_end_of_another_kind_left_failed()
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 2);
        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Graceful));
        search.Report(leases[0].Lease, 1, TestSpecs.Failed(TrialFailureKind.Misconfigured));
        search.Complete(leases[1].Lease, 0.5);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Stopped);

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));

        search.Trial(0).State.ShouldBe(TrialState.Waiting);
        search.ShouldReplay();
    }

    [Fact]
    public void Submitting_the_same_spec_again_tries_again_where_it_may_continue()
    {
        var search = Failed();

        search.Send(Submission(TestSpecs.Spec(3)) with { MayContinue = false })
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Failed, AlreadyDone: true));
        search.Send(Submission(TestSpecs.Spec(3))).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));

        search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.SearchRetried>();
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);
    }

    [Fact]
    public void A_corrected_spec_starts_the_search_over_while_nothing_was_measured()
    {
        var search = Failed();
        var fence = search.State.LastFence;

        search.Send(Submission(TestSpecs.Spec(5))).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));

        search.State.Trials.ShouldBeEmpty();
        search.State.Budget.Trials.ShouldBe(5);
        search.State.End.ShouldBeNull();
        search.State.LastFence.ShouldBe(fence);
        search.ShouldReplay();
    }

    [Fact]
    public void A_search_with_results_keeps_its_spec_and_says_what_differs()
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 2);
        search.Complete(leases[1].Lease, 0.5);
        search.Report(leases[0].Lease, 1, TestSpecs.Failed(TrialFailureKind.Misconfigured));

        var rejected = search.Send<SearchReplies.CommandRejected>(Submission(TestSpecs.Spec(5)));

        rejected.Code.ShouldBe(RejectionCode.NameTaken);
        rejected.Differences.ShouldBe([new SpecDifference("budget.trials", "3", "5")]);
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));
        search.State.Counts.ShouldBe(new Contracts.Api.TrialCounts(Waiting: 2, 0, 0, Completed: 1, 0, Failed: 0, Skipped: 0));
    }

    [Fact]
    public void A_search_that_ended_otherwise_is_not_tried_again_by_a_submission()
    {
        var search = SearchScenario.Of(1).Suggest();
        search.Complete(search.Lease(slots: 1)[0].Lease, 0.5);

        search.Send(Submission(TestSpecs.Spec(1)))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Completed, AlreadyDone: true));
        search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_written_is_compared_also_where_resolving_changed_it()
    {
        var written = new WrittenSpec(
            TestSpecs.Spec() with { Workload = new("function", ParameterValues.Empty, new(new SearchId("earlier"), null, null, [])) });
        var resolved = written.Fields with
        {
            Workload = written.Fields.Workload with { Pretrained = written.Fields.Workload.Pretrained! with { Trial = new TrialId(4) } },
        };
        var context = new DecisionContext(DateTimeOffset.UnixEpoch, new NoScheduler());
        var submission = new SearchCommands.SubmitSearch(written.Fields.Name, resolved, "text", null, written);
        var submitted = SearchDecider.Decide(null, submission, context).Events[0];

        var again = SearchDecider.Decide(
            SearchEvolver.Apply(null, submitted), submission with { Spec = written.Fields, Written = null }, context);

        again.Reply.ShouldBe(new SearchReplies.CommandAccepted(written.Fields.Name, SearchLifecycle.Running, AlreadyDone: true));
    }

    [Fact]
    public void Only_a_search_in_which_nothing_runs_may_be_deleted()
    {
        var search = SearchScenario.Of(3).Suggest();

        var refused = search.Send<SearchReplies.CommandRejected>(new SearchCommands.DeleteSearch(TestSpecs.Id));
        refused.Code.ShouldBe(RejectionCode.WrongState);
        refused.Message.ShouldContain("is running and cannot be deleted; stop it first");

        search.Send(new SearchCommands.DeleteSearch(TestSpecs.Id, EvenIfUnfinished: true))
            .ShouldBe(new SearchReplies.SearchRemoved(TestSpecs.Id));
        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
        search.Send(new SearchCommands.DeleteSearch(TestSpecs.Id)).ShouldBe(new SearchReplies.SearchRemoved(TestSpecs.Id));
        search.LastEvents.ShouldBeEmpty();
    }

    private static SearchScenario Failed()
    {
        var search = SearchScenario.Of(3).Suggest();
        search.Report(search.Lease(slots: 1)[0].Lease, 1, TestSpecs.Failed(TrialFailureKind.Misconfigured));
        search.State.IsMisconfigured.ShouldBeTrue();
        return search;
    }

    private static SearchCommands.SubmitSearch Submission(SearchSpec spec) => new(spec.Name, spec, "text", null, MayContinue: true);
}

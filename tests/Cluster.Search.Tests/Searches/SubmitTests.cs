namespace SearchCluster.Search.Tests.Searches;

public sealed class SubmitTests
{
    private static readonly DecisionContext Context = new(DateTimeOffset.UnixEpoch, new NoScheduler());

    [Fact]
    public void Accepts_a_new_search_with_one_event()
    {
        var spec = TestSpecs.Spec();

        var decision = SearchDecider.Decide(null, new SearchCommands.SubmitSearch(spec.Name, spec, "text", "trace"), Context);

        decision.Reply.ShouldBe(new SearchReplies.CommandAccepted(spec.Name, SearchLifecycle.Running));
        decision.Events.ShouldBe([new SearchEvents.SearchSubmitted(spec.Name, spec, "text", "trace", Context.Now)]);
    }

    [Fact]
    public void A_search_that_follows_a_deleted_one_of_its_name_gives_none_of_its_leases_again()
    {
        var first = Leases(1_000);
        var second = Leases(2_000);

        first.Select(lease => lease.Fence).ShouldBe([1_001, 1_002, 1_003]);
        second.Select(lease => lease.Fence).ShouldBe([2_001, 2_002, 2_003]);

        static IReadOnlyList<LeaseKey> Leases(long fenceBase)
        {
            var search = new SearchScenario(TestSpecs.Spec(3), fenceBase: fenceBase).Suggest();
            return [.. search.Lease(3).Select(assignment => assignment.Lease)];
        }
    }

    [Fact]
    public void Accepts_the_same_submission_again_without_an_event()
    {
        var search = SearchScenario.Of(3);

        var reply = search.Send(new SearchCommands.SubmitSearch(TestSpecs.Id, TestSpecs.Spec(3), "text", null));

        reply.ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running, AlreadyDone: true));
        search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void A_changed_comment_does_not_make_another_submission()
    {
        var search = SearchScenario.Of(3);

        search.Send(new SearchCommands.SubmitSearch(TestSpecs.Id, TestSpecs.Spec(3), "# text", null))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running, AlreadyDone: true));
    }

    [Fact]
    public void The_observations_of_a_warm_start_do_not_make_another_submission()
    {
        var first = WarmStarted(0.5);
        var state = SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(first.Name, first, "text", null, Context.Now));

        var again = SearchDecider.Decide(state, new SearchCommands.SubmitSearch(first.Name, WarmStarted(0.25), "text", null), Context);

        again.Reply.ShouldBe(new SearchReplies.CommandAccepted(first.Name, SearchLifecycle.Running, AlreadyDone: true));
        again.Events.ShouldBeEmpty();

        static SearchSpec WarmStarted(double value) =>
            TestSpecs.Spec() with
            {
                WarmStart = new WarmStartSpec(new SearchId("earlier"), 1, [new PriorObservation(ParameterValues.Empty, value)]),
            };
    }

    [Fact]
    public void Refuses_another_submission_of_the_same_name_and_says_what_differs()
    {
        var search = SearchScenario.Of(3);

        var rejected = search.Send<SearchReplies.CommandRejected>(
            new SearchCommands.SubmitSearch(TestSpecs.Id, TestSpecs.Spec(4), "text", null));

        rejected.Code.ShouldBe(RejectionCode.NameTaken);
        rejected.Differences.ShouldBe([new SpecDifference("budget.trials", "3", "4")]);
        search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_commands_for_a_search_that_does_not_exist()
    {
        ISearchCommand[] commands =
        [
            new SearchCommands.PauseSearch(TestSpecs.Id), new SearchCommands.ResumeSearch(TestSpecs.Id),
            new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now), new SearchCommands.LeaseWork(TestSpecs.Id, TestSpecs.Worker(), 1),
        ];

        foreach (var command in commands)
        {
            SearchDecider.Decide(null, command, Context).Reply
                .ShouldBeOfType<SearchReplies.CommandRejected>().Code
                .ShouldBe(RejectionCode.NotFound);
        }
    }

    [Fact]
    public void Answers_a_report_for_a_search_that_does_not_exist_as_stale()
    {
        var lease = new LeaseKey(TestSpecs.Id, WorkItem.Trial(new TrialId(0)), 1, 1);

        SearchDecider.Decide(null, new SearchCommands.ReportMeasurement(lease, 1, TestSpecs.Measurement(1, 1), null), Context)
            .Reply.ShouldBeOfType<WorkerProtocol.StaleLease>().Lease.ShouldBe(lease);
    }

    [Fact]
    public void Refuses_to_apply_an_event_it_does_not_know()
    {
        var search = SearchScenario.Of(1);

        var unknown = new SearchManagerProtocol.SearchRegistered(TestSpecs.Id, search.Now);

        Should.Throw<UnknownEventException>(() => SearchEvolver.Apply(search.State, unknown)).Message.ShouldContain("SearchRegistered");
    }
}

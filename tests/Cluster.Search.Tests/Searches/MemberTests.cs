using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.Tests.Searches;

/// <summary>Members that are trained for an ensemble are leased like trials.</summary>
public sealed class MemberTests
{
    private readonly SearchScenario _search = Ready("bagging");

    private MemberCounts Members => SearchProjection.Detail(_search.State, _search.Now).EnsembleMembers.ShouldNotBeNull();

    [Theory]
    [InlineData("bagging")]
    [InlineData("folds")]
    public void All_members_are_leased_at_once_and_the_ensemble_after_them(string type)
    {
        var search = Ready(type);

        var leased = search.Lease(slots: 8);

        leased.Select(assignment => assignment.Lease.Item).ShouldBe([WorkItem.Member(0), WorkItem.Member(1), WorkItem.Member(2)]);
        var first = leased[0].ShouldBeOfType<MemberAssignment>();
        first.Members.Select(member => (member.TrialId.Number, member.Objective)).ShouldBe([(1, 1), (3, 2), (0, 3)]);
        first.Ensemble.Type.ShouldBe(type);
        search.Report(leased[2].Lease, 1, new MemberCompleted());
        search.Report(leased[0].Lease, 1, new MemberCompleted());
        search.Lease(slots: 8).ShouldBeEmpty("member 1 is not trained yet");
        search.Report(leased[1].Lease, 1, new MemberCompleted()).ShouldBe(new WorkerProtocol.ReportAccepted(leased[1].Lease, 1));

        search.Lease(slots: 8).ShouldHaveSingleItem().ShouldBeOfType<EnsembleAssignment>().FailedMembers.ShouldBeNull();
        search.ShouldReplay();
    }

    [Theory]
    [InlineData("top-k")]
    [InlineData("greedy")]
    [InlineData("adaboost")]
    public void Other_ensembles_have_no_members_of_their_own(string type) =>
        Ready(type).Lease(slots: 8).ShouldHaveSingleItem().ShouldBeOfType<EnsembleAssignment>();

    [Fact]
    public void The_searchs_concurrency_holds_for_members_too()
    {
        var search = Ready("bagging", concurrency: 2);

        search.State.WorkDemand().Groups.ShouldBe(2);
        search.Lease(slots: 8).Count.ShouldBe(2);
        search.State.WorkDemand().Groups.ShouldBe(0);
    }

    [Fact]
    public void A_lost_member_is_trained_by_another_worker()
    {
        var lost = _search.Lease(slots: 1).Single().Lease;

        _search.Expire(lost);

        var again = _search.Lease(slots: 1).Single().Lease;
        (again.Item, again.Attempt).ShouldBe((WorkItem.Member(0), 2));
        _search.Report(lost, 1, new MemberCompleted()).ShouldBeOfType<WorkerProtocol.StaleLease>();
        _search.ShouldReplay();
    }

    [Fact]
    public void A_member_that_fails_is_left_out()
    {
        var leased = _search.Lease(slots: 3);

        _search.Report(leased[1].Lease, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
        Members.ShouldBe(new(Total: 3, Running: 2, Trained: 0, Failed: 1));
        _search.Report(leased[0].Lease, 1, new MemberCompleted());
        _search.Report(leased[2].Lease, 1, new MemberCompleted());

        Members.ShouldBe(new(Total: 3, Running: 0, Trained: 2, Failed: 1));
        _search
            .Lease(slots: 3)
            .ShouldHaveSingleItem()
            .ShouldBeOfType<EnsembleAssignment>().FailedMembers
            .ShouldBe(new ValueArray<int>([1]));
        _search.ShouldReplay();
    }

    [Fact]
    public void Why_members_are_left_out_is_a_warning()
    {
        var leased = _search.Lease(slots: 3);

        _search.Report(leased[1].Lease, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
        _search.Report(leased[2].Lease, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));

        var warning = _search.State.Warnings.ShouldHaveSingleItem();
        warning.Count.ShouldBe(2, "members of one cause are told together");
        warning.Text.ShouldBe($"A member of the ensemble could not be trained and is left out: "
            + $"{TestSpecs.Failed(TrialFailureKind.WorkloadError).Failure.Message}");
        _search.ShouldReplay();
    }

    [Fact]
    public void A_member_whose_memory_ran_out_is_tried_again_where_the_policy_says_so()
    {
        var search = Ready("bagging", retry: new RetrySpec(1, [TrialFailureKind.OutOfMemory], TimeSpan.FromSeconds(30)));
        var first = search.Lease(slots: 1).Single().Lease;

        search.Report(first, 1, TestSpecs.Failed(TrialFailureKind.OutOfMemory));

        search.State.NextLimitAt.ShouldBe(search.Now + TimeSpan.FromSeconds(30));
        search
            .Lease(slots: 8)
            .Select(assignment => assignment.Lease.Item)
            .ShouldBe([WorkItem.Member(1), WorkItem.Member(2)], "member 0 waits");
        search.Now += TimeSpan.FromSeconds(30);
        var second = search.Lease(slots: 8).Single().Lease;
        second.Item.ShouldBe(WorkItem.Member(0));
        search.Report(second, 1, TestSpecs.Failed(TrialFailureKind.OutOfMemory));
        search.State.Ensemble.Member(0).IsFinished.ShouldBeTrue("one retry is allowed");
        search.ShouldReplay();
    }

    [Fact]
    public void A_worker_that_leaves_gives_its_member_back()
    {
        var lease = _search.Lease(slots: 1).Single().Lease;

        _search.Report(lease, 1, new AttemptHalted(3, null));

        Members.Running.ShouldBe(0);
        _search.State.Ensemble.Member(0).FailedAttempts.ShouldBe(0);
        _search.Lease(slots: 1).Single().Lease.Item.ShouldBe(WorkItem.Member(0));
    }

    [Fact]
    public void Measurements_of_a_member_are_refused()
    {
        var lease = _search.Lease(slots: 1).Single().Lease;

        _search.Send(new SearchCommands.ReportMeasurement(lease, 1, TestSpecs.Measurement(1, 1), null))
            .ShouldBeOfType<WorkerProtocol.StaleLease>();
    }

    [Fact]
    public void A_second_stop_gives_members_up()
    {
        var lease = _search.Lease(slots: 1).Single().Lease;
        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
        _search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldBeNull("the ensemble is still wanted");

        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        _search.State.Leases.ShouldBeEmpty();
        _search.Report(lease, 1, new MemberCompleted()).ShouldBeOfType<WorkerProtocol.StaleLease>();
        _search.ShouldReplay();
    }

    [Fact]
    public void An_extended_search_trains_its_members_anew()
    {
        var first = _search.Lease(slots: 3);
        _search.Report(first[0].Lease, 1, new MemberCompleted());

        _search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));

        _search.State.Leases.ShouldBeEmpty();
        _search.Report(first[1].Lease, 1, new MemberCompleted()).ShouldBeOfType<WorkerProtocol.StaleLease>();
        FinishTrials(_search, _ => 0.5);
        var again = _search.Lease(slots: 8);
        again.Select(assignment => (assignment.Lease.Item, assignment.Lease.Attempt))
            .ShouldBe([(WorkItem.Member(0), 2), (WorkItem.Member(1), 2), (WorkItem.Member(2), 2)]);
        _search.ShouldReplay();
    }

    [Fact]
    public void When_no_member_could_be_trained_the_ensemble_says_so_and_the_search_ends()
    {
        foreach (var assignment in _search.Lease(slots: 3))
        {
            _search.Report(assignment.Lease, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
        }

        _search.Report(_search.Lease(slots: 1).Single().Lease, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        SearchProjection.Detail(_search.State, _search.Now).EnsembleState.ShouldBe(EnsembleProgress.Failed);
    }

    // A search whose trials are over.
    private static SearchScenario Ready(string ensemble, int? concurrency = null, RetrySpec? retry = null)
    {
        var spec = TestSpecs.Spec(4, ensemble) with
        {
            Resources = concurrency is null
            ? null
            : new ResourcesSpec(Concurrency: concurrency),
            Retry = retry
        };
        return FinishTrials(new SearchScenario(spec), assignment => assignment.Lease.Fence * 3 % 5);
    }

    private static SearchScenario FinishTrials(SearchScenario search, Func<TrialAssignment, double> objective)
    {
        while (search.State.Lifecycle == SearchLifecycle.Running)
        {
            var trial = search.Suggest().Lease(slots: 1).Single().ShouldBeOfType<TrialAssignment>();
            search.Report(trial.Lease, 1, new AttemptCompleted(TestSpecs.Result(objective(trial)), TrainingStop.AllEpochs));
        }

        return search;
    }
}

using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.Tests.Searches;

public sealed class EnsembleTests
{
    private static readonly EnsembleReport Report =
        new(
            [new TrialId(1)],
            EnsembleCombination.MeanProbability,
            ValueMap<double>.Empty,
            ValueMap<double>.Empty,
            "searches/test/ensemble");

    private readonly SearchScenario _search = SearchScenario.Of(4, "top-k").RunToEnd(a => (a.Lease.Fence * 3) % 5);

    private EnsembleProgress Progress => SearchProjection.Detail(_search.State, _search.Now).EnsembleState;

    private EnsembleAssignment LeaseEnsemble() => _search.Lease(slots: 4).ShouldHaveSingleItem().ShouldBeOfType<EnsembleAssignment>();

    /// <summary>RunToEnd leased the ensemble already and left it.</summary>
    private LeaseKey Running => _search.State.OpenLeases.ShouldHaveSingleItem().Lease;

    [Fact]
    public void Leases_the_ensemble_of_the_best_trials_when_all_are_over()
    {
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Finishing);
        Progress.ShouldBe(EnsembleProgress.Building);
        _search.Send(new SearchCommands.ReleaseLease(Running, 0));

        Progress.ShouldBe(EnsembleProgress.Waiting);
        _search.State.WorkDemand().Groups.ShouldBe(1);
        LeaseEnsemble().Members.Select(member => (member.TrialId.Number, member.Objective)).ShouldBe([(1, 1), (3, 2), (0, 3)]);
        _search.ShouldReplay();
    }

    [Fact]
    public void Completes_with_the_ensemble()
    {
        var lease = Running;

        _search.Report(lease, 1, new EnsembleCompleted(Report)).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 1));

        _search.LastEvents.Select(e => e.GetType()).ShouldBe([typeof(SearchEvents.EnsembleBuilt), typeof(SearchEvents.SearchCompleted)]);
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        Progress.ShouldBe(EnsembleProgress.Built);
        _search.Report(lease, 1, new EnsembleCompleted(Report)).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 1));
        _search.LastEvents.ShouldBeEmpty();
        _search.ShouldReplay();
    }

    [Fact]
    public void Completes_without_the_ensemble_when_it_fails()
    {
        _search.Report(Running, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        Progress.ShouldBe(EnsembleProgress.Failed);
    }

    [Fact]
    public void Tries_a_lost_ensemble_again_and_gives_up_after_the_retries()
    {
        _search.Expire(Running);
        _search.Expire(LeaseEnsemble().Lease);
        _search.Expire(LeaseEnsemble().Lease);
        _search.State.IsOver.ShouldBeFalse();

        _search.Expire(LeaseEnsemble().Lease);

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        _search.State.Ensemble.Failure!.Kind.ShouldBe(TrialFailureKind.WorkerLost);
    }

    [Fact]
    public void Builds_it_again_after_an_extension()
    {
        _search.Report(Running, 1, new EnsembleCompleted(Report));
        _search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));
        Progress.ShouldBe(EnsembleProgress.Planned);

        _search.RunToEnd(_ => 0.5);

        Progress.ShouldBe(EnsembleProgress.Building);
        _search.Report(Running, 1, new EnsembleCompleted(Report));
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        _search.ShouldReplay();
    }

    [Fact]
    public void Ends_at_once_when_stopped_now_a_second_time()
    {
        var lease = Running;
        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
        _search.State.IsOver.ShouldBeFalse();

        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        _search.Report(lease, 1, new EnsembleCompleted(Report)).ShouldBeOfType<WorkerProtocol.StaleLease>();
    }

    [Fact]
    public void Explains_why_there_is_no_ensemble_of_a_single_trial()
    {
        var search = SearchScenario.Of(1, "top-k").RunToEnd(_ => 1);

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        search.State.End!.Explanation.ShouldBe(
            "All trials of the budget (1) are done. No ensemble was built: it needs 2 finished trials with a saved model, and there is 1.");
    }
}

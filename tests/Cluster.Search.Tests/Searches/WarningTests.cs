namespace SearchCluster.Search.Tests.Searches;

public sealed class WarningTests
{
    private const string Constant = "Column 'const' is constant.";

    private readonly SearchScenario _search = SearchScenario.Of(3).Suggest();

    private ValueArray<WarningView>? Shown => SearchProjection.Detail(_search.State, _search.Now).Warnings;

    [Fact]
    public void A_warning_is_written_and_shown()
    {
        var lease = _search.LeaseOne();

        _search.Warn(lease, 1, Constant).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 1));

        _search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.WarningReported>();
        Shown.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(new WarningView(Constant, null, 1, lease.Item, _search.Now, _search.Now));
        _search.ShouldReplay();
    }

    [Fact]
    public void A_warning_counts_with_the_measurements_and_a_repeated_report_changes_nothing()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 0.5);
        _search.Warn(lease, 2, Constant);

        _search.Warn(lease, 2, Constant).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 2));
        _search.LastEvents.ShouldBeEmpty();
        _search.Measure(lease, 3, 2, 0.4).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 3));
    }

    [Fact]
    public void The_same_text_of_several_attempts_is_kept_once_with_a_count()
    {
        for (var trial = 0; trial < 3; trial++)
        {
            var lease = _search.LeaseOne();
            _search.Warn(lease, 1, Constant);
            _search.Warn(lease, 2, "SC3021 " + Constant);
            _search.Complete(lease, trial, seq: 3);
        }

        Shown.ShouldNotBeNull().Select(warning => (warning.Code, warning.Count, warning.Item)).ShouldBe(
            [(null, 3, WorkItem.Trial(new TrialId(0))), ("SC3021", 3, WorkItem.Trial(new TrialId(0)))]);
        _search.ShouldReplay();
    }

    [Fact]
    public void Thousands_of_different_texts_do_not_fill_the_state()
    {
        var lease = _search.LeaseOne();
        for (var seq = 1; seq <= 1_000; seq++)
        {
            _search.Warn(lease, seq, $"Warning {seq}.");
        }

        _search.State.Warnings.Count.ShouldBe(WarningEvolution.MaximumKept);
        _search.State.OtherWarnings.ShouldBe(1_000 - WarningEvolution.MaximumKept);
        _search.ShouldReplay();
    }

    [Fact]
    public void A_warning_of_a_lease_that_is_not_current_is_stale()
    {
        var lost = _search.LeaseOne();
        _search.Expire(lost);

        _search.Warn(lost, 1, Constant).ShouldBeOfType<WorkerProtocol.StaleLease>();

        _search.State.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Warnings_of_the_ensemble_are_kept_after_the_search_ended_and_went_on()
    {
        var search = SearchScenario.Of(2, ensemble: "top-k").RunToEnd(a => a.Lease.Fence);
        var ensemble = search.State.Leases.Values.ShouldHaveSingleItem().Key;

        search.Warn(ensemble, 1, "Trial 0 does not vote.");
        search.Report(ensemble, 2, new AttemptFailed(new(TrialFailureKind.WorkloadError, "No member votes.")));

        search.State.IsOver.ShouldBeTrue();
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));
        search.State.Warnings.ShouldHaveSingleItem().Item.ShouldBe(WorkItem.Ensemble);
        search.ShouldReplay();
    }
}

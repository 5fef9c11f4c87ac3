namespace SearchCluster.Search.Tests.Searches;

public sealed class ReportTests
{
    private readonly SearchScenario _search = SearchScenario.Of(3).Suggest();

    [Fact]
    public void Accepts_a_measurement_and_remembers_it()
    {
        var lease = _search.LeaseOne();

        _search.Measure(lease, 1, 1, 0.5).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 1));

        _search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.MeasurementReported>();
        _search.Trial(0).Curve.ShouldHaveSingleItem().Resource.ShouldBe(1);
        _search.State.Epochs.ShouldBe(1);
    }

    [Fact]
    public void Accepts_a_repeated_report_again_without_an_event()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 0.5);

        _search.Measure(lease, 1, 1, 0.5).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 1));

        _search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void Asks_for_missing_reports_when_there_is_a_gap()
    {
        var lease = _search.LeaseOne();

        _search.Measure(lease, 3, 3, 0.5).ShouldBe(new WorkerProtocol.ResendReports(lease, 1));

        _search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void Answers_a_superseded_lease_as_stale_and_changes_nothing()
    {
        var lost = _search.LeaseOne();
        _search.Expire(lost);
        _search.LeaseOne();
        var before = _search.State;

        _search.Measure(lost, 1, 1, 0.5).ShouldBeOfType<WorkerProtocol.StaleLease>();
        _search.Complete(lost, 0.1).ShouldBeOfType<WorkerProtocol.StaleLease>();

        _search.State.ShouldBeSameAs(before);
    }

    [Fact]
    public void Answers_a_lease_with_a_current_fence_but_another_item_as_stale()
    {
        var lease = _search.LeaseOne();

        _search.Measure(lease with { Item = WorkItem.Trial(new TrialId(1)) }, 1, 1, 0.5).ShouldBeOfType<WorkerProtocol.StaleLease>();
    }

    [Fact]
    public void Accepts_the_final_report_again_after_the_trial_is_over()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 0.5);
        _search.Complete(lease, 0.5, seq: 2);

        _search.Complete(lease, 0.5, seq: 2).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 2));
        _search.Measure(lease, 1, 1, 0.5).ShouldBe(new WorkerProtocol.ReportAccepted(lease, 2));
        _search.LastEvents.ShouldBeEmpty();
        _search.Complete(lease, 0.5, seq: 3).ShouldBeOfType<WorkerProtocol.StaleLease>();
    }

    [Fact]
    public void Accepts_the_report_of_a_failed_attempt_again_while_the_next_one_runs()
    {
        var spec = TestSpecs.Spec() with { Retry = new RetrySpec(1, [TrialFailureKind.WorkloadError], TimeSpan.Zero) };
        var search = new SearchScenario(spec).Suggest();
        var first = search.LeaseOne();
        search.Report(first, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
        search.LeaseOne();

        search.Report(first, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError)).ShouldBe(new WorkerProtocol.ReportAccepted(first, 1));
        search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void Ignores_resource_levels_that_are_known_already()
    {
        var lost = _search.LeaseOne();
        _search.Measure(lost, 1, 1, 0.5);
        _search.Measure(lost, 2, 2, 0.4);
        _search.Expire(lost);
        var again = _search.LeaseOne();

        _search.Measure(again, 1, 2, 0.9);

        _search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.MeasurementIgnored>().Resource.ShouldBe(2);
        _search.Trial(0).Curve.Select(m => m.Resource).ShouldBe([1, 2]);
        _search.Measure(again, 2, 3, 0.3).ShouldBe(new WorkerProtocol.ReportAccepted(again, 2));
        _search.State.Epochs.ShouldBe(3);
        _search.ShouldReplay();
    }

    [Theory]
    [InlineData(ObjectiveAggregate.Best, 0.2)]
    [InlineData(ObjectiveAggregate.Last, 0.9)]
    [InlineData(ObjectiveAggregate.MeanLast3, 0.5)]
    public void Computes_the_objective_from_the_measurements(ObjectiveAggregate aggregate, double expected)
    {
        var spec = TestSpecs.Spec();
        var search = new SearchScenario(spec with { Objective = spec.Objective with { Aggregate = aggregate } }).Suggest();
        var lease = search.LeaseOne();
        double[] values = [0.8, 0.4, 0.2, 0.9];
        foreach (var (index, value) in values.Index())
        {
            search.Measure(lease, index + 1, index + 1, value);
        }

        search.Complete(lease, 123, seq: 5);

        search.Trial(0).Result!.Objective.ShouldBe(expected, 1e-15);
        search.ShouldReplay();
    }

    [Fact]
    public void Takes_the_largest_measurement_when_larger_is_better()
    {
        var spec = TestSpecs.Spec();
        var search = new SearchScenario(spec with { Objective = spec.Objective with { Direction = Direction.Maximize } }).Suggest();
        foreach (var value in new[] { 0.3, 0.9, 0.6 })
        {
            search.Complete(search.LeaseOne(), value);
        }

        search.State.Best!.Id.Number.ShouldBe(1);
        search.State.History.Select(improvement => improvement.Objective).ShouldBe([0.3, 0.9]);
    }
}

using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.Tests.Searches.Neighbours;

/// <summary>A trial that the end of its search cuts off is told from one that its scheduler stopped, and one that hangs from one that never
/// ran.</summary>
public sealed class CutOffTests
{
    private static readonly AttemptFailure Hangs = new(TrialFailureKind.Timeout, "The attempt hangs: it was cancelled.");

    [Theory]
    [InlineData("misconfigured")]
    [InlineData("stopped")]
    [InlineData("time")]
    [InlineData("failures")]
    public void The_neighbour_of_what_ended_the_search_is_cut_off_where_it_stood(string why)
    {
        var spec = TestSpecs.Spec(3, budget: budget => budget with
        {
            Failures = why == "failures" ? 0 : 10,
            Time = why == "time" ? TimeSpan.FromHours(1) : null,
        });
        var fixedValues = ParameterValues.Empty.With("epochs", ParameterValue.Integer(5));
        var search = new SearchScenario(spec with { Workload = spec.Workload with { Fixed = fixedValues } }).Suggest();
        var leases = search.Lease(slots: 2);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            search.Measure(leases[0].Lease, epoch, epoch, 1.0 / epoch);
        }

        switch (why)
        {
            case "misconfigured":
                search.Report(leases[1].Lease, 1, TestSpecs.Failed(TrialFailureKind.Misconfigured));
                break;
            case "failures":
                search.Report(leases[1].Lease, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
                break;
            case "time":
                search.Now += TimeSpan.FromHours(1);
                search.Send(new SearchCommands.CheckLimits(TestSpecs.Id));
                break;
            default:
                search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
                break;
        }

        search.Report(leases[0].Lease, 4, new AttemptHalted(3, TestSpecs.Result(1.0 / 3, 3)));

        var view = SearchProjection.Summary(search.State).Best!;
        view.State.ShouldBe(TrialState.StoppedEarly);
        view.Cut.ShouldBe(new TrialCut(3, 5));
        (search.State.Counts.StoppedEarly, search.State.Counts.CutOff).ShouldBe((1, 1));
        search.ShouldReplay();
    }

    [Fact]
    public void A_trial_that_its_scheduler_stopped_is_not_cut_off()
    {
        var search = SearchScenario.Of(1, scheduler: new StopAtOnce()).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);

        search.Report(lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));

        search.Trial(0).State.ShouldBe(TrialState.StoppedEarly);
        search.State.Counts.CutOff.ShouldBe(0);
        SearchProjection.Summary(search.State).Best!.Cut.ShouldBeNull();
    }

    [Fact]
    public void A_trial_that_hangs_when_its_search_is_stopped_failed_by_that_and_is_counted_under_it()
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 3);
        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        search.Report(leases[0].Lease, 1, new AttemptHalted(0, null, Hangs));
        search.Report(leases[1].Lease, 1, new AttemptFailed(Hangs));
        search.Report(leases[2].Lease, 1, new AttemptHalted(0, null));

        search.State.Counts.ShouldBe(new TrialCounts(0, 0, 0, 0, 0, Failed: 2, Skipped: 1));
        SearchProjection.Detail(search.State, search.Now).Failures.ShouldBe(
            [new FailureCause(TrialFailureKind.Timeout, null, 2, new TrialId(0), Hangs.Message)]);
        search.ShouldReplay();
    }

    [Fact]
    public void A_trial_that_hangs_when_its_search_is_paused_waits_again_and_says_so()
    {
        var search = SearchScenario.Of(1).Suggest();
        var lease = search.LeaseOne();
        search.Send(new SearchCommands.PauseSearch(TestSpecs.Id));

        search.Report(lease, 1, new AttemptHalted(0, null, Hangs));

        search.Trial(0).State.ShouldBe(TrialState.Waiting);
        search.Trial(0).Failure.ShouldBe(Hangs);
    }

    private sealed class StopAtOnce : ITrialScheduler
    {
        public string Name => "stop-at-once";

        public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement) =>
            new(SchedulingAction.Stop, new DecisionReason("enough"));

        public NextAction Next(SearchView view) => NextAction.Start;
    }
}

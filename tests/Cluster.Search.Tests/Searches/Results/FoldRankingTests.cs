namespace SearchCluster.Search.Tests.Searches.Results;

/// <summary>A trial that measured some folds only has a mean over other rows than the complete ones.</summary>
public sealed class FoldRankingTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(SplitSpec.LeaveOneOut)]
    public void A_trial_that_misses_folds_ranks_behind_all_complete_ones(int folds)
    {
        var search = new SearchScenario(Folds(folds)).Suggest();
        var leases = search.Lease(slots: 2);
        for (var fold = 1; fold <= 3; fold++)
        {
            search.Measure(leases[0].Lease, fold, fold, 0.75);
        }

        search.Report(leases[0].Lease, 4, new AttemptCompleted(TestSpecs.Result(0.75, 3), TrainingStop.AllEpochs));
        search.Measure(leases[1].Lease, 1, 1, 0.5);
        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
        search.Report(leases[1].Lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));

        search.State.Best!.Id.Number.ShouldBe(0);
        search.State.History.ShouldHaveSingleItem().TrialId.Number.ShouldBe(0);
        var trials = SearchProjection.Trials(search.State, new SearchQueries.GetTrials(TestSpecs.Id, 0, 10, false)).Trials;
        trials.Select(trial => (trial.Objective, trial.IsPartial)).ShouldBe([(0.75, false), (0.5, true)]);
        search.ShouldReplay();
    }

    [Fact]
    public void Where_none_is_complete_the_best_of_them_is_the_best_trial()
    {
        var search = new SearchScenario(Folds(3)).Suggest();
        var leases = search.Lease(slots: 2);
        search.Measure(leases[0].Lease, 1, 1, 0.8);
        search.Measure(leases[1].Lease, 1, 1, 0.5);
        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
        search.Report(leases[0].Lease, 2, new AttemptHalted(1, TestSpecs.Result(0.8)));
        search.Report(leases[1].Lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));

        search.State.Best!.Id.Number.ShouldBe(1);
        search.ShouldReplay();
    }

    [Fact]
    public void A_target_is_reached_by_all_folds_only()
    {
        var spec = Folds(3);
        var search = new SearchScenario(
            spec with { Objective = spec.Objective with { Target = 0.6 } }, new StopAfterFirst()).Suggest();
        var leases = search.Lease(slots: 2);

        search.Measure(leases[1].Lease, 1, 1, 0.5);
        search.Report(leases[1].Lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));

        search.Trial(1).State.ShouldBe(TrialState.StoppedEarly);
        search.State.End.ShouldBeNull();
    }

    private static SearchSpec Folds(int folds)
    {
        var spec = TestSpecs.Spec(2);
        return spec with
        {
            Data = new DataSpec("rows.csv", "y", new SplitSpec(Folds: folds)),
            Objective = spec.Objective with { Aggregate = ObjectiveAggregate.Mean },
        };
    }

    private sealed class StopAfterFirst : ITrialScheduler
    {
        public string Name => "stop-after-first";

        public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement) =>
            new(SchedulingAction.Stop, new DecisionReason("It is stopped."));

        public NextAction Next(SearchView view) =>
            view.NextNew is null ? new WaitForReports(new DecisionReason("All were started.")) : new StartNewTrial(null);
    }
}

using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.Tests.Searches.Results;

/// <summary>With <c>repeats</c> the best trial is one of the configuration with the best mean, not the luckiest of all.</summary>
public sealed class SeedRankingTests
{
    [Theory]
    [InlineData(Direction.Minimize, 1)]
    [InlineData(Direction.Maximize, -1)]
    public void The_best_trial_is_the_best_evaluation_of_the_configuration_with_the_best_mean(Direction direction, double sign)
    {
        var search = Run(Spec(6, direction: direction), [.. new[] { 0.125, 0.875, 0.5, 0.25, 0.5, 0.5 }.Select(value => sign * value)]);

        search.State.Ranking.Select(ranked => ranked.Trial).ShouldBe([3, 2, 0, 4, 5, 1]);
        var summary = SearchProjection.Summary(search.State);
        summary.Best!.TrialId.Number.ShouldBe(3);
        summary.Best.Configuration.ShouldBe(new ConfigurationMean(sign * 0.375, 2, 2));
        search.ShouldReplay();
    }

    [Fact]
    public void Each_result_moves_all_trials_of_its_configuration()
    {
        var search = new SearchScenario(Spec(4)).Suggest();
        var leases = search.Lease(slots: 4);
        search.Complete(leases[0].Lease, 0.5);
        search.Complete(leases[2].Lease, 0.125);
        search.State.Ranking.Select(ranked => ranked.Trial).ShouldBe([2, 0]);

        search.Complete(leases[1].Lease, 0.625);
        search.State.Ranking.Select(ranked => ranked.Trial).ShouldBe([0, 1, 2], "a complete configuration comes first");
        search.Complete(leases[3].Lease, 0.25);

        search.State.Ranking.Select(ranked => ranked.Trial).ShouldBe([2, 3, 0, 1]);
        search.ShouldReplay();
    }

    [Fact]
    public void A_configuration_that_misses_an_evaluation_ranks_behind_those_that_have_all()
    {
        var search = Run(Spec(4), 0.125, null, 0.5, 0.75);

        search.State.Best!.Id.Number.ShouldBe(2);
        Trials(search).Select(trial => trial.Configuration).ShouldBe(
            [new(0.125, 1, 2), new(0.125, 1, 2), new(0.625, 2, 2), new(0.625, 2, 2)]);
        search.ShouldReplay();
    }

    [Fact]
    public void A_configuration_without_a_result_has_no_mean()
    {
        var search = new SearchScenario(Spec(2)).Suggest();

        Trials(search).ShouldAllBe(trial => trial.Configuration == null);
        Trials(Run(TestSpecs.Spec(2), 0.5, 0.25)).ShouldAllBe(trial => trial.Configuration == null);
    }

    [Fact]
    public void An_evaluation_that_misses_folds_counts_only_where_no_other_result_is()
    {
        var spec = Spec(4);
        var search = new SearchScenario(spec with
        {
            Data = new DataSpec("rows.csv", "y", new SplitSpec(Folds: 3)),
            Objective = spec.Objective with { Aggregate = ObjectiveAggregate.Mean },
        }).Suggest();
        var leases = search.Lease(slots: 4);
        for (var fold = 1; fold <= 3; fold++)
        {
            search.Measure(leases[0].Lease, fold, fold, 0.75);
        }

        search.Report(leases[0].Lease, 4, new AttemptCompleted(TestSpecs.Result(0.75, 3), TrainingStop.AllEpochs));
        foreach (var lease in leases.Skip(1))
        {
            search.Measure(lease.Lease, 1, 1, 0.5);
        }

        search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
        foreach (var lease in leases.Skip(1))
        {
            search.Report(lease.Lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));
        }

        search.State.Best!.Id.Number.ShouldBe(0);
        Trials(search).Select(trial => trial.Configuration).ShouldBe(
            [new(0.75, 1, 2), new(0.75, 1, 2), new(0.5, 2, 2), new(0.5, 2, 2)]);
        search.ShouldReplay();
    }

    [Fact]
    public void Several_objectives_are_compared_trial_by_trial()
    {
        var spec = Spec(4);
        var search = new SearchScenario(
            spec with { Objectives = [spec.Objective, new ObjectiveSpec("other", Direction.Minimize)] }).Suggest();
        foreach (var (value, assignment) in new[] { 0.125, 0.875, 0.25, 0.25 }.Zip(search.Lease(slots: 4)))
        {
            var result = TestSpecs.Result(value) with { Metrics = ValueMap<double>.Empty.With("value", value).With("other", 1) };
            search.Report(assignment.Lease, 1, new AttemptCompleted(result, TrainingStop.AllEpochs));
        }

        search.State.Best!.Id.Number.ShouldBe(0);
        Trials(search).ShouldAllBe(trial => trial.Configuration == null);
    }

    [Fact]
    public void Models_see_each_evaluation_by_itself()
    {
        var search = Run(Spec(4), 0.125, 0.875, 0.25, 0.5);

        search.State.Ranking.Select(ranked => ranked.Trial).ShouldBe([2, 3, 0, 1]);
        SearchView.Of(search.State).Ranked.Select(trial => trial.Id.Number).ShouldBe([0, 2, 3, 1]);
    }

    [Fact]
    public void An_ensemble_asks_the_trials_of_the_best_configuration_first()
    {
        var search = new SearchScenario(Spec(4) with { Ensemble = new EnsembleSpec("top-k", 2) }).Suggest();
        Run(search, 0.125, 0.875, 0.25, 0.5);

        search.Lease().ShouldHaveSingleItem().ShouldBeOfType<EnsembleAssignment>().Members
            .Select(member => member.TrialId.Number).ShouldBe([2, 3]);
    }

    [Fact]
    public void The_history_has_the_mean_of_each_new_best_configuration()
    {
        var search = Run(Spec(6), 0.5, 0.75, 0.125, 1, 0.25, 0.5);

        search.State.History.Select(step => (step.TrialId.Number, step.Objective, step.FinishedTrials, step.Mean)).ShouldBe(
            [(0, 0.5, 1, 0.5), (0, 0.5, 2, 0.625), (2, 0.125, 4, 0.5625), (4, 0.25, 6, 0.375)]);
    }

    [Fact]
    public void A_search_that_one_lucky_evaluation_ended_stays_ended_and_has_the_new_ranking()
    {
        var search = Run(Spec(8), 0.125, 0.875, 0.25, 0.5);
        ISearchEvent[] end =
        [
            new SearchEvents.SearchStopping(
                TestSpecs.Id, SearchEndReason.TargetReached, "Trial t0000 reached value 0.125.", StopMode.Now, search.Now),
            new SearchEvents.SearchCompleted(
                TestSpecs.Id, SearchLifecycle.Completed, SearchEndReason.TargetReached, "Trial t0000 reached value 0.125.", search.Now),
        ];

        var replayed = search.Journal.Concat(end).Aggregate((SearchState?)null, SearchEvolver.Apply)!;

        replayed.IsOver.ShouldBeTrue();
        replayed.Best!.Id.Number.ShouldBe(2);
        SearchSnapshots.FromSnapshot(SearchSnapshots.ToSnapshot(replayed)).Best!.Id.Number.ShouldBe(2);
    }

    internal static SearchSpec Spec(int trials, int repeats = 2, Direction direction = Direction.Minimize)
    {
        var spec = TestSpecs.Spec(trials);
        return spec with { Repeats = repeats, Objective = spec.Objective with { Direction = direction } };
    }

    internal static SearchScenario Run(SearchSpec spec, params double?[] values) => Run(new SearchScenario(spec).Suggest(), values);

    private static SearchScenario Run(SearchScenario search, params double?[] values)
    {
        foreach (var (value, assignment) in values.Zip(search.Lease(slots: values.Length)))
        {
            search.Report(assignment.Lease, 1, value is { } number
                ? new AttemptCompleted(TestSpecs.Result(number), TrainingStop.AllEpochs)
                : TestSpecs.Failed(TrialFailureKind.Diverged));
        }

        return search;
    }

    private static ValueArray<TrialView> Trials(SearchScenario search) =>
        SearchProjection.Trials(search.State, new SearchQueries.GetTrials(TestSpecs.Id, 0, 100, false)).Trials;
}

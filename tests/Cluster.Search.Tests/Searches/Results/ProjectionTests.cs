using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Search.Tests.Searches.Results;

public sealed class ProjectionTests
{
    private readonly SearchScenario _search = SearchScenario.Of(3).Suggest();

    [Fact]
    public void Shows_running_trials_the_best_and_the_history()
    {
        _search.Complete(_search.LeaseOne(), 0.5);
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, 0.7);

        var detail = SearchProjection.Detail(_search.State, _search.Now);

        detail.Running.ShouldHaveSingleItem().Objective.ShouldBe(0.7);
        detail.Summary.Best!.TrialId.Number.ShouldBe(0);
        detail.History.ShouldHaveSingleItem().FinishedTrials.ShouldBe(1);
        (detail.Algorithm, detail.Workload, detail.Revision).ShouldBe(("random", "function", _search.Journal.Count));
    }

    [Fact]
    public void The_best_of_several_objectives_is_not_dominated_by_a_trial_that_equals_it_in_the_first()
    {
        ValueArray<ObjectiveSpec> objectives = [new("value", Direction.Minimize), new("value2", Direction.Maximize)];
        var search = new SearchScenario(TestSpecs.Spec(4) with { Objectives = objectives }).Suggest();
        foreach (var (first, second) in new[] { (1.0, 5.0), (0.5, 1.0), (0.5, double.NaN), (0.5, 2.0) })
        {
            search.Report(search.LeaseOne(), 1, new AttemptCompleted(
                TestSpecs.Result(first) with { Metrics = ValueMap<double>.Empty.With("value", first).With("value2", second) },
                TrainingStop.AllEpochs));
        }

        search.State.Best!.Id.Number.ShouldBe(3);
        search.State.Ranking.Select(ranked => ranked.Trial).ShouldBe([3, 1, 2, 0]);
        SearchProjection.Summary(search.State).Best!.TrialId.Number.ShouldBe(3);
        search.ShouldReplay();
    }

    [Theory]
    [InlineData(0, 2, new[] { 0, 1 })]
    [InlineData(2, 10, new[] { 2 })]
    [InlineData(9, 10, new int[0])]
    public void Pages_trials(int from, int limit, int[] expected)
    {
        var page = SearchProjection.Trials(_search.State, new SearchQueries.GetTrials(TestSpecs.Id, from, limit, IncludeCurve: true));

        page.Trials.Select(trial => trial.TrialId.Number).ShouldBe(expected);
        page.Total.ShouldBe(3);
    }

    [Fact]
    public void Takes_the_trace_id_from_the_context_of_the_submission()
    {
        var spec = TestSpecs.Spec();
        var submit = new SearchCommands.SubmitSearch(spec.Name, spec, "text", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var state = SearchEvolver.Apply(
            null, SearchDecider.Decide(null, submit, new DecisionContext(_search.Now, new NoScheduler())).Events[0]);

        SearchProjection.Detail(state, _search.Now).TraceId.ShouldBe("0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public void A_snapshot_is_the_same_after_its_way_through_json()
    {
        var lease = _search.LeaseOne();
        _search.Measure(lease, 1, 1, double.NaN);
        _search.Expire(lease);
        _search.LeaseOne();
        var snapshot = SearchSnapshots.ToSnapshot(_search.State);

        var json = JsonSerializer.Serialize(snapshot, ContractsJsonContext.Default.SearchSnapshot);

        JsonSerializer.Deserialize(json, ContractsJsonContext.Default.SearchSnapshot).ShouldBe(snapshot);
        ContractManifests.ByManifest["s-search"].ShouldBe(typeof(SearchSnapshot));
    }
}

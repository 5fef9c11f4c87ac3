using SearchCluster.Search.Sampling.Tpe;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.Tpe;

public sealed class TpeSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new TpeSampler(spec, new TpeOptions());
}

public sealed class UnivariateTpeSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new TpeSampler(spec, new TpeOptions { Multivariate = false, Startup = 4 });
}

public sealed class TpeSamplerTests
{
    private static SearchSpec Spec(string space) => SampleSpaces.Spec(space) with { Algorithm = new("tpe", ParameterValues.Empty) };

    private static PlayedSearch Play(SearchSpec spec, int trials, Func<ObservedTrial, double?> evaluate)
    {
        var search = new PlayedSearch(spec, new TpeSampler(spec, new TpeOptions()));
        for (var i = 0; i < trials; i++)
        {
            var trial = search.Ask();
            search.Tell(trial.Id, evaluate(trial));
        }

        return search;
    }

    [Fact]
    public void Begins_with_the_points_of_sobol()
    {
        var spec = Spec("mixed");
        var sobol = SamplerCatalog.Create(spec with { Algorithm = new("sobol", ParameterValues.Empty) });
        var search = new PlayedSearch(spec, new TpeSampler(spec, new TpeOptions()));

        var suggestions = search.Propose(10).Suggestions;

        suggestions.Select(s => s.Values).ShouldBe(sobol.Suggest(search.View, search.Next(10)).Suggestions.Select(s => s.Values));
    }

    [Fact]
    public void Explains_a_suggestion_by_the_density_ratio()
    {
        var search = Play(Spec("mixed"), 20, trial => trial.Id.Number);
        search.Ask();

        search.Propose(1).Suggestions[0].Origin.Explanation!.ShouldMatch(
            "^density ratio [0-9.E+-]+ of good to other trials, 2 good of 20, 1 pending$");
    }

    [Fact]
    public void Suggests_each_configuration_of_a_countable_space_once_and_then_tells_that_there_are_no_more()
    {
        var space = new SearchSpace([
            new("a", new IntegerDomain(0, 4)),
            new("b", new BooleanDomain()),
            new("c", new ItemDomain([ParameterValue.Text("x"), ParameterValue.Text("y")])),
        ]);
        var search = Play(Spec("mixed") with { Space = space }, 20, trial => trial.Id.Number % 3);

        search.State.Trials.Select(trial => trial.Values).Distinct().Count().ShouldBe(20);
        search.Propose(1).Suggestions.ShouldBeEmpty();
        search.Propose(1).Exhausted.ShouldNotBeNull();
    }

    [Fact]
    public void Starts_with_the_model_when_an_earlier_search_gives_enough_observations()
    {
        var earlier = Enumerable.Range(0, 12).Select(i => new PriorObservation(
            ParameterValues.Empty.With("b", ParameterValue.Boolean(i % 2 == 0)).With("x", ParameterValue.Real(i / 12.0)), i));
        var spec = Spec("mixed") with
        {
            Space = new([new("x", new RealDomain(0, 1)), new("b", new BooleanDomain())]),
            WarmStart = new(new SearchId("earlier"), Observations: [.. earlier]),
        };

        new PlayedSearch(spec, new TpeSampler(spec, new TpeOptions())).Propose(1).Suggestions[0].Origin.Explanation!.ShouldStartWith(
            "density ratio");
    }

    [Fact]
    public void Avoids_where_trials_fail()
    {
        var spec = Spec("mixed") with { Space = new([new("x", new RealDomain(0, 1)), new("y", new RealDomain(0, 1))]) };

        var search = Play(spec, 60, trial => Number(trial, "x") < 0.7 ? null : 1 - Number(trial, "y"));

        search.State.Trials.Skip(30).Count(trial => trial.State == TrialState.Failed).ShouldBeLessThan(10);
    }

    private static double Number(ObservedTrial trial, string name) =>
        trial.Values.TryGet(name, out var value) && value.TryGetNumber(out var number) ? number : double.NaN;
}

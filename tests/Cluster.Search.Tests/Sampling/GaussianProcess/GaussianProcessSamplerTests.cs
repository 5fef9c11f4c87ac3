using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class GaussianProcessSamplerTests
{
    [Fact]
    public void Tells_what_the_model_expects_in_units_of_the_objective()
    {
        var spec = Line(Direction.Minimize);
        var search = Played(spec, x => 100 + (50 * x * x), 14);

        var origin = search.Propose(1).Suggestions[0].Origin;

        origin.Prediction.ShouldNotBeNull().Mean.ShouldBeInRange(99, 151);
        origin.Prediction.StandardDeviation.ShouldBeGreaterThanOrEqualTo(0);
        origin.Prediction.ExpectedImprovement.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0);
        origin.Explanation.ShouldNotBeNull().ShouldStartWith("expected improvement ");
        (origin.Observed, origin.Pending).ShouldBe((14, 0));
    }

    [Fact]
    public void Predicts_the_objective_itself_where_larger_is_better()
    {
        var search = Played(Line(Direction.Maximize), x => 100 - (50 * x * x), 14);

        search.Propose(1).Suggestions[0].Origin.Prediction.ShouldNotBeNull().Mean.ShouldBeInRange(49, 101);
    }

    [Fact]
    public void Says_that_the_first_trials_are_a_design()
    {
        var suggestions = new PlayedSearch(Line(Direction.Minimize), Sampler(Line(Direction.Minimize))).Propose(5).Suggestions;

        suggestions.ShouldAllBe(
            suggestion => suggestion.Origin.Explanation == "space-filling start" && suggestion.Origin.Prediction == null);
    }

    [Theory]
    [InlineData("conditional")]
    [InlineData("forbidden")]
    public void Never_tries_a_configuration_twice(string name)
    {
        var spec = SampleSpaces.Spec(name);
        var search = new PlayedSearch(spec, Sampler(spec));
        var tried = new HashSet<ParameterValues>();
        for (var i = 0; i < 50 && search.TryAsk(out var trial); i++)
        {
            tried.Add(trial.Values).ShouldBeTrue();
            spec.Space.Contains(trial.Values).ShouldBeTrue();
            search.Tell(trial.Id, i % 5);
        }
    }

    [Fact]
    public void Says_that_a_small_space_is_exhausted_when_each_configuration_was_tried()
    {
        var spec = SampleSpaces.Spec("mixed") with
        {
            Space = new SearchSpace(
                [new("n", new IntegerDomain(1, 4)), new("b", new BooleanDomain())],
                [new([new("n", new RangeTest(4, null)), new("b", new OneOfTest([ParameterValue.Boolean(true)]))])]),
        };
        var search = new PlayedSearch(spec, Sampler(spec));
        for (var i = 0; i < 7; i++)
        {
            search.Tell(search.Ask().Id, i);
        }

        search.TryAsk(out _).ShouldBeFalse();
    }

    [Fact]
    public void Pending_trials_keep_their_neighbourhood_free()
    {
        var search = Played(Line(Direction.Minimize), x => Math.Sin(5 * x), 8);

        var places = search.AskBatch(4).Select(trial => Number(trial.Values)).Order().ToArray();

        places.Zip(places.Skip(1), (a, b) => b - a).Min().ShouldBeGreaterThan(1e-4);
    }

    private static SearchSpec Line(Direction direction) => SampleSpaces.Spec("mixed") with
    {
        Space = new SearchSpace([new("x", new RealDomain(-1, 1))]),
        Objective = new ObjectiveSpec("value", direction),
    };

    private static GaussianProcessSampler Sampler(SearchSpec spec) => new(spec.Space);

    private static PlayedSearch Played(SearchSpec spec, Func<double, double> objective, int trials)
    {
        var search = new PlayedSearch(spec, Sampler(spec));
        for (var i = 0; i < trials; i++)
        {
            var trial = search.Ask();
            search.Tell(trial.Id, objective(Number(trial.Values)));
        }

        return search;
    }

    private static double Number(ParameterValues values)
    {
        values.TryGet("x", out var value).ShouldBeTrue();
        value!.TryGetNumber(out var number).ShouldBeTrue();
        return number;
    }
}

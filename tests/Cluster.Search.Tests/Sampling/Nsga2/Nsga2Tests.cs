using SearchCluster.Search.Sampling.Nsga2;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.Nsga2;

public sealed class Nsga2SamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new Nsga2Sampler(spec.Space, new Nsga2Options { Population = 6 });
}

public sealed class Nsga2Tests
{
    private static readonly SearchSpec Spec = SampleSpaces.Spec("mixed") with
    {
        Space = new([new("x", new RealDomain(0, 1)), new("kind", new ItemDomain([ParameterValue.Text("a"), ParameterValue.Text("b")]))]),
        Objective = new("value", Direction.Minimize),
        Objectives = [new("value", Direction.Minimize), new("speed", Direction.Maximize)],
    };

    // The bounded operators in mpmath 1.3 with 30 digits.
    [Theory]
    [InlineData(0.2, 0.7, 15, 0.3, true, 0.207856205213410816626892948471)]
    [InlineData(0.7, 0.2, 15, 0.9, false, 0.726455496060182868720482320064)]
    [InlineData(0.4, 0.4, 15, 0.9, false, 0.4)]
    public void Simulated_binary_crossover_gives_the_reference_child(
        double first, double second, double index, double share, bool isLower, double expected) =>
        RealOperators.Cross(first, second, index, share, isLower).ShouldBe(expected, 1e-14);

    [Theory]
    [InlineData(0.1, 0.226321761958742559840678345473)]
    [InlineData(0.8, 0.342694672575668548511747814426)]
    [InlineData(0.5, 0.3)]
    public void Polynomial_mutation_gives_the_reference_step(double share, double expected) =>
        RealOperators.Mutate(0.3, 20, share).ShouldBe(expected, 1e-14);

    [Fact]
    public void Parents_are_the_best_fronts_and_failed_trials_are_none()
    {
        var search = new PlayedSearch(Spec, new Nsga2Sampler(Spec.Space, new Nsga2Options { Population = 4 }));

        // Two trade-offs, a result that both dominate, a failure and one without the second metric.
        (double Value, double? Speed)?[] results = [(1, 1), (2, 2), (3, 0.5), null];
        foreach (var result in results)
        {
            var trial = search.Ask();
            if (result is { } told)
            {
                search.Tell(trial.Id, new ValueMap<double>([new("value", told.Value), new("speed", told.Speed!.Value)]));
            }
            else
            {
                search.Tell(trial.Id, (double?)null);
            }
        }

        search.Propose(1).Suggestions[0].Origin.Explanation.ShouldBe("Child of generation 1: 2 of 3 parents are non-dominated.");
    }

    [Fact]
    public void A_trial_without_a_metric_is_no_parent()
    {
        var search = new PlayedSearch(Spec, new Nsga2Sampler(Spec.Space, new Nsga2Options { Population = 4 }));
        for (var i = 0; i < 4; i++)
        {
            search.Tell(search.Ask().Id, 1.0);
        }

        search.Propose(1).Suggestions[0].Origin.Explanation.ShouldBe("A point of the start-up design.");
    }
}

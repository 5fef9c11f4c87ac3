using SearchCluster.Search.Sampling.CmaEs;
using SearchCluster.Search.Sampling.Evolution;
using SearchCluster.Search.Sampling.Nsga2;

namespace SearchCluster.Search.Tests.Sampling;

public sealed class EvolutionaryOptionsTests
{
    [Fact]
    public void Defaults_of_the_vocabulary_are_those_of_the_code()
    {
        CmaEsOptions.Of(ParameterValues.Empty).ShouldBe(new CmaEsOptions(null, 0.1, null, RestartStrategy.Ipop, AdaptsLearningRates: false, Elites: 2, CategoryRate: 0.5));
        EvolutionOptions.Of(ParameterValues.Empty).ShouldBe(new EvolutionOptions(Population: 20, Sample: 30, CrossoverRate: 0.4, Mutations: 1.5, Step: 0.4));
        Nsga2Options.Of(ParameterValues.Empty).ShouldBe(new Nsga2Options(Population: 12, CrossoverRate: 0.9, CrossoverIndex: 10, MutationIndex: 8, Mutations: 1.5));
    }

    [Fact]
    public void Given_options_are_read()
    {
        var given = new ParameterValues([
            new("population", ParameterValue.Integer(8)), new("restart", ParameterValue.Text("bipop")), new("adaptLearningRates", ParameterValue.Boolean(true)), new("elites", ParameterValue.Integer(0))]);

        CmaEsOptions.Of(given).ShouldBe(new CmaEsOptions(Population: 8, Restart: RestartStrategy.Bipop, AdaptsLearningRates: true, Elites: 0));
    }

    [Theory]
    [InlineData(10, 0, null, 10)]
    [InlineData(10, 0, 10_000, 10)]
    [InlineData(10, 0, 120, 6)]
    [InlineData(10, 3, 100, 8)]
    [InlineData(0, 2, 20, 7)]
    public void A_generation_grows_with_parameters_and_leaves_twenty_of_its_kind(int numbers, int categories, int? trials, int population) =>
        CmaEsDefaults.Population(numbers, categories, trials).ShouldBe(population);

    [Theory]
    [InlineData(2, 100, 12)]
    [InlineData(8, 100, 20)]
    [InlineData(50, 100, 25)]
    [InlineData(50, null, 104)]
    [InlineData(50, 20, 12)]
    public void Startup_draws_grow_with_parameters_and_take_a_quarter_of_the_budget_at_most(int parameters, int? trials, int draws) =>
        CmaEsDefaults.Startup(parameters, trials).ShouldBe(draws);
}

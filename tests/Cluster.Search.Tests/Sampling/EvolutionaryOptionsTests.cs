using SearchCluster.Search.Sampling.CmaEs;

namespace SearchCluster.Search.Tests.Sampling;

public sealed class EvolutionaryOptionsTests
{
    [Theory]
    [InlineData(10, 0, null, 10)]
    [InlineData(10, 0, 10_000, 10)]
    [InlineData(10, 0, 120, 6)]
    [InlineData(10, 3, 100, 8)]
    [InlineData(0, 2, 20, 7)]
    public void A_generation_grows_with_parameters_and_leaves_twenty_of_its_kind(
        int numbers, int categories, int? trials, int population) =>
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

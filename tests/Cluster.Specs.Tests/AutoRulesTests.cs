
using SearchCluster.Search.Sampling.Auto;

namespace SearchCluster.Specs.Tests;

/// <summary>What algorithm auto stands for.</summary>
public sealed class AutoRulesTests
{
    private const string Items = "  x: { type: item, items: [1, 2, 3] }";
    private const string Flags = "  y: { type: bool }";

    [Fact]
    public void Several_objectives_choose_nsga2() =>
        Choose(Specs.Mlp.With(
            "objective", "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/accuracy, direction: maximize }]"))
            .ShouldBe(new AutoChoice("nsga2", "there are 2 objectives"));

    [Theory]
    [InlineData("budget: { trials: 6 }", null, "grid")]
    [InlineData("budget: { trials: 5 }", null, "gp")]
    [InlineData("budget: { trials: 12 }", "repeats: 2", "grid")]
    [InlineData("budget: { trials: 11 }", "repeats: 2", "gp")]
    [InlineData("budget: { trials: 4 }", "forbid: [{ x: 3 }]", "grid")]
    [InlineData("budget: { time: 1h }", null, "tpe")]
    public void A_grid_that_the_budget_pays_for_is_searched_whole(string budget, string? other, string algorithm) =>
        Choose(Specs.Function.With("x", Items).With("y", Flags).With("budget", budget).With("seed", other ?? "seed: 1")).Algorithm.ShouldBe(
            algorithm);

    [Theory]
    [InlineData(6, "[{ x: 1, y: true }, { x: 2, y: true }]", "grid")]
    [InlineData(6, "[{ x: 1, y: true }, { x: 1, y: true }]", "gp")]
    [InlineData(7, "[{ x: 1, y: true }, { x: 1, y: true }]", "grid")]
    [InlineData(6, "[{ x: 1 }]", "grid")]
    [InlineData(6, "[{ x: 1 }, { y: true }]", "gp")]
    public void A_configuration_that_is_enqueued_twice_costs_the_budget_twice(int trials, string enqueue, string algorithm) =>
        Choose(Specs.Function.With("x", Items).With("y", Flags).With("budget", $"budget: {{ trials: {trials} }}")
            .With("seed", $"enqueue: {enqueue}")).Algorithm.ShouldBe(algorithm);

    [Fact]
    public void Grid_points_do_not_make_an_axis_of_real_numbers_countable() =>
        Choose(Specs.Function.With("x", "  x: { type: float, min: 0, max: 1, gridPoints: 3 }").With("y", Flags)).Algorithm.ShouldBe("gp");

    [Theory]
    [InlineData("budget: { trials: 2000 }", "gp", "2,000 are no more than 2,000")]
    [InlineData("budget: { trials: 2001 }", "gp", "2,001 trials are more than 2,000, but most parameters are numbers")]
    [InlineData("budget: { time: 1h }", "gp", "the budget does not limit the trials")]
    public void Numbers_choose_gp_with_the_reason(string budget, string algorithm, string words)
    {
        var choice = Choose(Specs.Function.With("budget", budget));

        choice.Algorithm.ShouldBe(algorithm);
        choice.Reason.ShouldContain(words);
    }

    [Theory]
    [InlineData(64, "gp")]
    [InlineData(65, "tpe")]
    public void Many_trials_at_once_choose_tpe(int concurrency, string algorithm) =>
        Choose(Specs.Function.With("seed", $"resources: {{ concurrency: {concurrency} }}")).Algorithm.ShouldBe(algorithm);

    [Theory]
    [InlineData("2000", "gp")]
    [InlineData("2001", "tpe")]
    public void Categories_and_conditions_choose_tpe_for_many_trials(string trials, string algorithm) =>
        Choose(Specs.Mlp.With("budget", $"budget: {{ trials: {trials} }}")).Algorithm.ShouldBe(algorithm);

    private static AutoChoice Choose(string text) => AutoRules.Choose(Specs.Good(text));
}

using System.Text.Json.Nodes;

namespace SearchCluster.Specs.Tests;

/// <summary>What <c>spec explain</c> says.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public void A_search_runs_its_budget()
    {
        var explanation = SpecExplanation.Of(Specs.Good(Specs.Mlp));

        (explanation.TrialCount, explanation.TrialCountReason, explanation.ConditionalCount).ShouldBe((50, "budget.trials", 1));
        explanation.Parameters[2].ShouldSatisfyAllConditions(
            parameter => parameter.Name.ShouldBe("momentum"),
            parameter => parameter.Type.ShouldBe("float"),
            parameter => parameter.Range.ShouldBe("0 … 0.99"),
            parameter => parameter.Condition.ShouldBe("optimizer is momentum"));
        explanation.Defaults.Keys.ShouldContain("epochs");
        (explanation.Algorithm, explanation.Chosen).ShouldBe(("auto", "gp"));
    }

    [Theory]
    [InlineData("budget: { time: 1h }", 18, "the grid has 3 × 2 × 3 = 18 points")]
    [InlineData("budget: { trials: 100 }", 18, "the grid has 3 × 2 × 3 = 18 points")]
    [InlineData("budget: { trials: 10 }", 10, "budget.trials; the grid has 3 × 2 × 3 = 18 points")]
    public void A_grid_runs_at_most_its_points(string budget, long count, string reason)
    {
        var explanation = SpecExplanation.Of(Specs.Good(SpecTemplates.Get("grid")!.Replace("budget: { time: 10m }", budget, StringComparison.Ordinal)));

        (explanation.TrialCount, explanation.TrialCountReason, explanation.GridSize).ShouldBe((count, reason, "18"));
    }

    [Fact]
    public void Json_has_a_stable_shape()
    {
        var json = JsonNode.Parse(SpecExplanation.Of(Specs.Good(SpecTemplates.Get("digits")!)).ToJson())!.AsObject();

        json["schema"]!.GetValue<string>().ShouldBe("searchcluster/spec-explanation@1");
        json.Select(pair => pair.Key).ShouldBe(
        [
            "schema", "name", "description", "workload", "workloadDescription", "objective", "trialCount", "trialCountReason",
            "parameters", "conditionalCount", "forbiddenCount", "enqueuedCount", "fixed", "defaults", "budget", "algorithm",
            "algorithmReason", "data", "earlyStopping", "ensemble", "seed", "steps",
            "scheduler", "schedulerReason",
        ]);
        json["parameters"]![0]!.AsObject().Select(pair => pair.Key).ShouldBe(["name", "type", "range", "scale", "points", "description"]);
    }

    [Fact]
    public void Text_tells_what_would_run()
    {
        var lines = SpecExplanation.Of(Specs.Good(SpecTemplates.Get("digits")!)).ToLines();

        lines[0].ShouldBe("digits: 30 trials, 9 parameters (1 conditional)");
        lines.ShouldContain(line => line.Contains("0.6 / 0.2 / 0.2, stratified"));
        lines.ShouldContain("  5. let the best 5 vote, and test the vote beside the best single trial");
    }
}

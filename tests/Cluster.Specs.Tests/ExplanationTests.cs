using System.Text.Json.Nodes;
using SearchCluster.Specs.Explaining;

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
        var explanation = SpecExplanation.Of(
            Specs.Good(SpecTemplates.Get("grid")!.Replace("budget: { time: 10m }", budget, StringComparison.Ordinal)));

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

    [Fact]
    public void A_second_stage_says_where_its_encoder_comes_from_and_how_members_are_chosen()
    {
        var lines = SpecExplanation.Of(Specs.Good(File.ReadAllText(Specs.RepositoryFile("examples", "mnist-few-labels.search.yaml"))))
            .ToLines();

        lines.ShouldContain(
            line => line.EndsWith("Its encoder is that of the best trial of search mnist-encoder.", StringComparison.Ordinal));
        lines.ShouldContain("  ensemble       greedy of 10 rounds, mean-probability");
        lines[^1].ShouldBe("  4. choose members greedily in 10 rounds, with replacement, and test the vote beside the best single trial");
    }

    [Fact]
    public void Auto_says_what_it_chose_and_why() => SpecExplanation.Of(Specs.Good(Specs.Function)).ToLines()
        .ShouldContain(
            "  algorithm      auto: gp, because it needs the fewest trials to come near the optimum, and 50 are no more than 2,000");

    [Fact]
    public void Auto_that_chose_a_grid_counts_its_points()
    {
        var spec = Specs.Good(
            Specs.Function.With("x", "  x: { type: bool }").With("y", "  y: { type: item, items: [1, 2, 3] }").With("seed", "repeats: 2"));

        var explanation = SpecExplanation.Of(spec);

        (explanation.Chosen, explanation.TrialCount, explanation.TrialCountReason).ShouldBe(
            ("grid", 12, "the grid has 2 × 3 = 6 points, each evaluated 2 times"));
    }

    [Fact]
    public void Options_are_listed_with_their_defaults()
    {
        var text = Specs.Function
            .With("workload", "workload: { builtin: function, fixed: { function: branin, measurements: 27 } }")
            .With("seed", "algorithm: { type: gp, options: { kernel: rbf } }\nscheduler: { type: asha, max: 27 }");

        var lines = SpecExplanation.Of(Specs.Good(text, vocabulary: TestVocabulary.Value), TestVocabulary.Value).ToLines();

        lines.ShouldContain("  options        startup automatic (default), kernel rbf, jitter 1E-06 (default), warp true (default)");
        lines.ShouldContain(
            "  settings       min 1 (default), max 27, reduction 3 (default), brackets automatic (default), variant stopping (default)");
        lines.ShouldContain(line => line.EndsWith("compare them while they run, by scheduler asha", StringComparison.Ordinal));
    }

    [Fact]
    public void Stages_are_a_table()
    {
        var spec = Specs.Good(File.ReadAllText(Specs.RepositoryFile("examples", "coarse-to-fine.search.yaml")));

        var lines = SpecExplanation.Of(spec).ToLines();

        lines.ShouldContain("  1      random     24        30 %   the whole space");
        lines.ShouldContain("  2      gp         the rest  100 %  around the best 20 % of the trials before, 10 % wider");
    }

    [Theory]
    [InlineData("random", "leave out what search earlier tried; random learns nothing from it")]
    [InlineData("gp", "learn from the finished trials of search earlier")]
    public void What_a_warm_start_is_good_for_depends_on_the_algorithm(string algorithm, string step)
    {
        var text = Specs.Function.With("seed", $"warmStart: {{ from: earlier }}\nalgorithm: {{ type: {algorithm} }}");

        SpecExplanation.Of(Specs.Read(text).Spec!).Steps[0].ShouldBe(step);
    }

    [Fact]
    public void Warm_start_repeats_objectives_and_plateau_are_told()
    {
        var text = Specs.Function
            .With("seed", "repeats: 3\nwarmStart: { from: earlier, top: 20 }")
            .With("budget", "budget: { trials: 60, plateau: { expectedImprovement: 0.001 } }");

        var lines = SpecExplanation.Of(Specs.Good(text)).ToLines();
        var several = SpecExplanation.Of(Specs.Good(Specs.Mlp.With(
            "objective", "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/accuracy, direction: maximize }]")));

        lines.ShouldContain("  warm start     the best 20 of the finished trials of search earlier that lie in this space");
        lines.ShouldContain(
            line => line.EndsWith("plateau: 5 suggestions in a row with an expected improvement below 0.001", StringComparison.Ordinal));
        lines.ShouldContain("  3. evaluate each configuration 3 times, each time with another seed; the best mean wins");
        several.Objectives!.Count.ShouldBe(2);
        several.Steps.ShouldContain("keep the trials that no other beats in all of val/loss, val/accuracy");
    }
}

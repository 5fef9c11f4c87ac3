using SearchCluster.Specs.Problems;

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>Sections repeats, reproducible, warmStart and budget.plateau: what they become, and what is wrong with them.</summary>
public sealed class RepetitionInputTests
{
    private const string Stages = "algorithm: { type: coarse-to-fine, stages: ";

    /// <summary>Row, base, key of the line replaced, its new text, code, words, line and column.</summary>
    public static TheoryData<string, string, string, string, string, int, int, string> Bad { get; } = new()
    {
        { "repeats 0", Specs.Function, "seed", "repeats: 0", "SC1069", 3, 10, "repeats is 0, but must be a whole number from 1 to 100" },
        {
            "repeats many",
            Specs.Function,
            "seed",
            "repeats: 51",
            "SC1069",
            3,
            10,
            "repeats is 51, but must be at most budget.trials, which is 50"
        },
        {
            "reproducible by the clock",
            Specs.Function,
            "seed",
            "reproducible: true\nbudget: { trials: 5, time: 1h }",
            "SC1110",
            4,
            22,
            "budget.time ends work by the clock, which no second run repeats"
        },
        {
            "reproducible trial time",
            Specs.Function,
            "seed",
            "reproducible: { round: 4 }\nbudget: { trials: 5, trialTime: 1h }",
            "SC1110",
            4,
            22,
            "budget.trialTime ends work by the clock"
        },
        {
            "reproducible memory",
            Specs.Function,
            "seed",
            "reproducible: true\nresources: { perTrial: { memory: 4GiB } }",
            "SC1110",
            4,
            1,
            "resources.perTrial.memory ends trials by what their process holds at a moment"
        },
        {
            "reproducible word",
            Specs.Function,
            "seed",
            "reproducible: always",
            "SC1010",
            3,
            15,
            "reproducible is \"always\", but must be true or false"
        },
        { "round 0", Specs.Function, "seed", "reproducible: { round: 0 }", "SC1017", 3, 24, "round is 0, but must be" },
        { "round key", Specs.Function, "seed", "reproducible: { rounds: 3 }", "SC1003", 3, 17, "did you mean \"round\"?" },
        { "warm start nothing", Specs.Function, "seed", "warmStart: { top: 5 }", "SC1013", 3, 1, "from is required" },
        { "warm start name", Specs.Function, "seed", "warmStart: { from: Not A Name }", "SC1056", 3, 20, "must be the name of a search" },
        {
            "warm start itself",
            Specs.Function,
            "seed",
            "warmStart: { from: good }",
            "SC1056",
            3,
            20,
            "from is good, which is this search itself"
        },
        { "warm start top", Specs.Function, "seed", "warmStart: { from: earlier, top: 1001 }", "SC1056", 3, 34, "from 1 to 1,000" },
        { "warm start key", Specs.Function, "seed", "warmStart: { form: earlier }", "SC1003", 3, 14, "did you mean \"from\"?" },
        {
            "plateau nothing",
            Specs.Function,
            "budget",
            "budget: { trials: 9, plateau: { trials: 3 } }",
            "SC1013",
            9,
            22,
            "expectedImprovement is required"
        },
        {
            "plateau zero",
            Specs.Function,
            "budget",
            "budget: { trials: 9, plateau: { expectedImprovement: 0 } }",
            "SC1068",
            9,
            54,
            "expectedImprovement is 0, but must be greater than 0"
        },
        {
            "plateau trials",
            Specs.Function,
            "budget",
            "budget: { trials: 9, plateau: { expectedImprovement: 1, trials: 0 } }",
            "SC1068",
            9,
            65,
            "trials is 0"
        },
        {
            "plateau of tpe",
            Specs.Function,
            "seed",
            "algorithm: { type: tpe }\nbudget: { trials: 9, plateau: { expectedImprovement: 1 } }",
            "SC1068",
            4,
            22,
            "needs an algorithm that predicts improvements, but algorithm tpe does not"
        },
        {
            "plateau of auto",
            Specs.Function,
            "seed",
            "resources: { concurrency: 100 }\nbudget: { trials: 9, plateau: { expectedImprovement: 1 } }",
            "SC1068",
            4,
            22,
            "algorithm tpe, which auto chooses here, does not"
        },
    };

    public static TheoryData<string, string, string, string, string> Surprising { get; } = new()
    {
        {
            "warm start of random",
            "seed",
            "algorithm: { type: random }\nwarmStart: { from: earlier }",
            "SC1056",
            "warmStart only keeps what search earlier tried from being tried again: algorithm random does not learn from trials"
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Explains_a_bad_line_and_its_place(
        string row, string good, string key, string line, string code, int atLine, int column, string words) =>
        BadLines.AtPlace(row, good, key, line, code, (atLine, column), words);

    [Theory]
    [MemberData(nameof(Surprising))]
    public void Warns_of_what_has_no_effect(string row, string key, string line, string code, string words) =>
        BadLines.Surprising(row, key, line, code, words);

    [Theory]
    [InlineData("seed: 1", null)]
    [InlineData("reproducible: false", null)]
    [InlineData("reproducible: true", 10)]
    [InlineData("reproducible: { round: 4 }", 4)]
    [InlineData("reproducible: {}", 10)]
    public void Rounds_have_a_size_that_depends_on_nothing_else(string line, int? round) =>
        Specs.Read(Specs.Function.With("seed", line), vocabulary: TestVocabulary.Value).Spec!.Reproducible.ShouldBe(
            round is { } size ? new ReproducibleSpec(size) : null);

    [Theory]
    [InlineData(
        "algorithm: { type: bohb }\nscheduler: { type: hyperband, max: 9 }",
        "algorithm bohb learns from what trials reach at each resource level, which it knows of its own only")]
    [InlineData(
        Stages + "[{ type: tpe, trials: 3, dataFraction: 0.5 }, { type: random }] }",
        "no stage on all of the data has an algorithm that learns")]
    [InlineData(
        Stages + "[{ type: tpe, trials: 3, dataFraction: 0.5 }, { type: gp, dataFraction: 0.5 }] }",
        "no stage on all of the data has an algorithm that learns")]
    [InlineData(Stages + "[{ type: tpe, trials: 3, dataFraction: 0.5 }, { type: gp }] }", null)]
    public void Warns_of_a_warm_start_from_which_nothing_is_learned(string lines, string? words)
    {
        var result = Specs.Read(Specs.Mlp + "\n" + lines + "\nwarmStart: { from: earlier }", vocabulary: TestVocabulary.Value);

        result.Spec.ShouldNotBeNull(string.Join("; ", result.Problems.Select(SpecProblemFormat.MsBuild)));
        result.Problems
            .Where(problem => problem.Code == "SC1056")
            .Select(problem => problem.Severity)
            .ShouldBe(words is null ? [] : ["warning"]);
        result.Problems
            .Where(problem => problem.Code == "SC1056")
            .ShouldAllBe(problem => problem.Message.Contains(words!, StringComparison.Ordinal));
    }

    [Fact]
    public void Repeats_warm_start_and_plateau_are_read()
    {
        var spec = Specs.Good(Specs.Function
            .With("seed", "repeats: 3\nwarmStart: { from: earlier, top: 20 }")
            .With("budget", "budget: { trials: 60, plateau: { expectedImprovement: 1.0e-3 } }"));

        (spec.Repeats, spec.WarmStart, spec.Budget.Plateau).ShouldBe(
            (3, new WarmStartSpec(new SearchId("earlier"), 20), new PlateauSpec(1e-3)));
        Specs.Good(Specs.Function.With("seed", "repeats: 1")).Repeats.ShouldBeNull();
    }
}

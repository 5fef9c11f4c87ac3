using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>Section algorithm and its options: what they become, and what is wrong with them.</summary>
public sealed class AlgorithmInputTests
{
    /// <summary>Row, base, key of the line replaced, its new text, code, words, line and column.</summary>
    public static TheoryData<string, string, string, string, string, int, int, string> Bad { get; } = new()
    {
        { "algorithm unknown", Specs.Function, "seed", "algorithm: { type: sobel }", "SC1014", 3, 20, "did you mean \"sobol\"?" },
        {
            "option unknown",
            Specs.Function,
            "seed",
            "algorithm: { type: gp, options: { kernl: rbf } }",
            "SC1003",
            3,
            35,
            "gp has no option \"kernl\"; did you mean \"kernel\"?"
        },
        {
            "no options",
            Specs.Function,
            "seed",
            "algorithm: { type: random, options: { depth: 3 } }",
            "SC1003",
            3,
            39,
            "random has no option \"depth\""
        },
        {
            "option type",
            Specs.Function,
            "seed",
            "algorithm: { type: gp, options: { warp: 1 } }",
            "SC1062",
            3,
            41,
            "warp of gp is 1, but must be true or false"
        },
        {
            "option quoted",
            Specs.Function,
            "seed",
            "algorithm: { type: gp, options: { jitter: \"0.5\" } }",
            "SC1062",
            3,
            43,
            "a quoted text, not a number; it must be a number from 0 to 1"
        },
        {
            "option range",
            Specs.Function,
            "seed",
            "algorithm: { type: gp, startup: 5.5 }",
            "SC1062",
            3,
            33,
            "startup of gp is 5.5, but must be a whole number from 0 to 1000"
        },
        { "no such alias", Specs.Function, "seed", "algorithm: { type: gp, batch: 4 }", "SC1003", 3, 24, "gp has no option \"batch\"" },
        {
            "alias twice",
            Specs.Function,
            "seed",
            "algorithm: { type: gp, startup: 5, options: { startup: 5 } }",
            "SC1009",
            3,
            24,
            "startup is here and in options, first at 3:47"
        },
        {
            "bohb",
            Specs.Function,
            "seed",
            "algorithm: { type: bohb }",
            "SC1062",
            1,
            1,
            "bohb works only with scheduler hyperband, but the scheduler is none"
        },
        {
            "bohb with asha",
            Specs.Function,
            "seed",
            "algorithm: { type: bohb }\nscheduler: { type: asha, max: 9 }",
            "SC1062",
            4,
            1,
            "but the scheduler is asha"
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Explains_a_bad_line_and_its_place(
        string row, string good, string key, string line, string code, int atLine, int column, string words) =>
        BadLines.AtPlace(row, good, key, line, code, (atLine, column), words);

    [Fact]
    public void Options_take_the_kind_of_their_domain()
    {
        var spec = Specs.Good(
            Specs.Function
                .With(
                    "seed",
                    "algorithm: { type: gp, startup: 8, options: { kernel: rbf, jitter: 0, warp: false } }\nscheduler: { type: asha, "
                        + "resource: epoch, max: 27, reduction: 4 }")
                .With("workload", "workload: { builtin: function, fixed: { function: branin, measurements: 27 } }"),
            vocabulary: TestVocabulary.Value);

        spec.Algorithm.Options.ShouldBe(ParameterValues.Empty
            .With("startup", ParameterValue.Integer(8)).With("kernel", ParameterValue.Text("rbf"))
            .With("jitter", ParameterValue.Real(0)).With("warp", ParameterValue.Boolean(false)));
        spec.Scheduler.ShouldBe(new SchedulerSpec(
            "asha", ParameterValues.Empty.With("max", ParameterValue.Integer(27)).With("reduction", ParameterValue.Real(4))));
    }

    [Fact]
    public void The_same_sections_in_json_are_equal()
    {
        const string Json = """
            { "version": 1, "name": "good", "workload": { "builtin": "mlp" }, "data": { "source": "digits" },
              "objective": { "metric": "val/loss", "direction": "minimize" },
              "space": { "reg": { "type": "log", "min": 1e-6, "max": 1e-2 } },
              "algorithm": { "type": "coarse-to-fine", "stages": [
                { "type": "random", "trials": 5, "dataFraction": 0.5 }, { "type": "gp", "options": { "warp": false } }] },
              "scheduler": { "type": "asha", "max": 27 }, "repeats": 2, "warmStart": { "from": "earlier" },
              "budget": { "trials": 50, "plateau": { "expectedImprovement": 0.01, "trials": 4 } } }
            """;
        const string Yaml = """
            version: 1
            name: good
            workload: { builtin: mlp }
            data: { source: digits }
            objective: { metric: val/loss, direction: minimize }
            space: { reg: { type: log, min: 1e-6, max: 1e-2 } }
            algorithm:
              type: coarse-to-fine
              stages:
                - { type: random, trials: 5, dataFraction: 0.5 }
                - { type: gp, options: { warp: false } }
            scheduler: { type: asha, max: 27 }
            repeats: 2
            warmStart: { from: earlier }
            budget: { trials: 50, plateau: { expectedImprovement: 0.01, trials: 4 } }
            """;

        Specs.Good(Json, "s.json", vocabulary: TestVocabulary.Value).ShouldBe(Specs.Good(Yaml, vocabulary: TestVocabulary.Value));
    }

    [Fact]
    public void Overrides_reach_options()
    {
        var spec = Specs.Good(
            Specs.Function.With("seed", "algorithm: { type: gp }"),
            overrides: new Dictionary<string, string>
            {
                ["algorithm.options.warp"] = "false",
                ["algorithm.startup"] = "7",
                ["warmStart.from"] = "earlier",
                ["budget.plateau.expectedImprovement"] = "0.1",
            },
            vocabulary: TestVocabulary.Value);

        spec.Algorithm.Options.ShouldBe(
            ParameterValues.Empty.With("warp", ParameterValue.Boolean(false)).With("startup", ParameterValue.Integer(7)));
        (spec.WarmStart!.From.Value, spec.Budget.Plateau!.Trials).ShouldBe(("earlier", 5));
    }

    [Fact]
    public void The_vocabulary_of_the_release_says_what_goes_together()
    {
        var algorithms = ReleaseVocabulary.Value.Algorithms;

        algorithms.Where(algorithm => algorithm.Predicts).Select(algorithm => algorithm.Name).ShouldContain("gp");
        algorithms
            .Where(algorithm => !algorithm.LearnsFromTrials)
            .Select(algorithm => algorithm.Name)
            .ShouldBe(["grid", "random", "sobol", "halton", "lhs"]);
        algorithms.Where(algorithm => algorithm.HasStages).Select(algorithm => algorithm.Name).ShouldBe(["coarse-to-fine"]);
        algorithms.Single(algorithm => algorithm.Name == "bohb").NeedsScheduler.ShouldBe("hyperband");
    }
}

namespace SearchCluster.Specs.Tests;

/// <summary>Sections algorithm, scheduler, objectives, repeats, warmStart and budget.plateau: what they become,
/// and what is wrong with them.</summary>
public sealed class AlgorithmInputTests
{
    private const string Stages = "algorithm: { type: coarse-to-fine, stages: ";

    /// <summary>Row, base, key of the line replaced, its new text, code, words, line and column.</summary>
    public static TheoryData<string, string, string, string, string, int, int, string> Bad { get; } = new()
    {
        {
            "A55 no max",
            Specs.Function,
            "seed",
            "scheduler: { type: asha }",
            "SC1062",
            3,
            1,
            "asha needs max, a whole number from 1 to 100000"
        },
        {
            "A55 order",
            Specs.Function,
            "seed",
            "scheduler: { type: asha, min: 5, max: 3 }",
            "SC1062",
            3,
            39,
            "max is 3, but must be at least min, which is 5"
        },
        {
            "A55 reduction",
            Specs.Function,
            "seed",
            "scheduler: { type: asha, max: 3, reduction: 1 }",
            "SC1062",
            3,
            45,
            "reduction of asha is 1, but must be a number from 1.1 to 16"
        },
        {
            "scheduler comma",
            Specs.Function,
            "seed",
            "scheduler: { type: asha, max: 3, reduction: 1,5 }",
            "SC1044",
            3,
            47,
            "decimal comma"
        },
        {
            "scheduler option",
            Specs.Function,
            "seed",
            "scheduler: { type: asha, max: 9, reducton: 3 }",
            "SC1003",
            3,
            34,
            "asha has no option \"reducton\"; did you mean \"reduction\"?"
        },
        {
            "scheduler word",
            Specs.Function,
            "seed",
            "scheduler: { type: asha, max: 9, variant: promote }",
            "SC1062",
            3,
            43,
            "must be one of stopping, promotion; did you mean"
        },
        { "scheduler none", Specs.Function, "seed", "scheduler: { type: none, max: 9 }", "SC1003", 3, 26, "none has no option \"max\"" },
        { "scheduler unknown", Specs.Function, "seed", "scheduler: { type: ashe, max: 9 }", "SC1014", 3, 20, "did you mean \"asha\"?" },
        { "scheduler no type", Specs.Function, "seed", "scheduler: { max: 9 }", "SC1013", 3, 1, "type is required" },
        {
            "resource",
            Specs.Function,
            "seed",
            "scheduler: { type: asha, max: 9, resource: second }",
            "SC1070",
            3,
            44,
            "resource second is not available"
        },
        {
            "a sampler as scheduler",
            Specs.Function,
            "seed",
            "scheduler: { type: gp }",
            "SC1014",
            3,
            20,
            "\"gp\", which is an algorithm, not a scheduler"
        },
        { "pbt", Specs.Function, "seed", "algorithm: { type: pbt }", "SC1014", 3, 20, "\"pbt\", which is a scheduler, not an algorithm" },
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
        {
            "no stages",
            Specs.Mlp,
            "budget",
            "algorithm: { type: coarse-to-fine }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            1,
            "coarse-to-fine needs stages, at least two"
        },
        {
            "stages of gp",
            Specs.Mlp,
            "budget",
            "algorithm: { type: gp, stages: [] }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            24,
            "gp has no stages"
        },
        {
            "one stage",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp }] }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            44,
            "stages has 1 entry, but must be a list of 2 to 20 stages"
        },
        {
            "stage trials",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp }, { type: gp }] }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            45,
            "trials is required in every stage but the last"
        },
        {
            "stage key",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp, trial: 3 }, { type: gp }] }\nbudget: { trials: 9 }",
            "SC1003",
            10,
            57,
            "unknown key \"trial\" in algorithm.stages[0]; did you mean \"trials\"?"
        },
        {
            "stage sum",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp, trials: 9 }, { type: gp }] }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            36,
            "need 10 trials and more, but budget.trials is 9"
        },
        {
            "stage fraction",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp, trials: 3, dataFraction: 0 }, { type: gp }] }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            82,
            "dataFraction is 0, but must lie between 0.001 and 1"
        },
        {
            "stage top",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp, trials: 3 }, { type: gp, top: 2 }] }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            87,
            "top is 2"
        },
        {
            "stage in stage",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp, trials: 3 }, { type: coarse-to-fine }] }\nbudget: { trials: 9 }",
            "SC1067",
            10,
            78,
            "cannot be the algorithm of a stage"
        },
        {
            "stage option",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp, trials: 3, options: { foo: 1 } }, { type: gp }] }\nbudget: { trials: 9 }",
            "SC1003",
            10,
            79,
            "algorithm.stages[0].options: gp has no option \"foo\""
        },
        {
            "stage without type",
            Specs.Mlp,
            "budget",
            Stages + "[{ trials: 3 }, { type: gp }] }\nbudget: { trials: 9 }",
            "SC1013",
            10,
            45,
            "type is required, the algorithm of the stage"
        },
        {
            "stage type twice",
            Specs.Mlp,
            "budget",
            Stages + "[{ type: gp, algorithm: gp, trials: 3 }, { type: gp }] }\nbudget: { trials: 9 }",
            "SC1009",
            10,
            47,
            "type and algorithm mean the same"
        },
        {
            "both objectives",
            Specs.Mlp,
            "budget",
            "objectives: []\nbudget: { trials: 9 }",
            "SC1075",
            10,
            1,
            "objective and objectives exclude each other"
        },
        {
            "one objective",
            Specs.Mlp,
            "objective",
            "objectives: [{ metric: val/loss, direction: minimize }]",
            "SC1075",
            5,
            13,
            "objectives has 1 entry, but must be a list of 2 to 5 objectives"
        },
        {
            "objectives map",
            Specs.Mlp,
            "objective",
            "objectives: { metric: val/loss, direction: minimize }",
            "SC1075",
            5,
            13,
            "objectives is a mapping"
        },
        {
            "same metric",
            Specs.Mlp,
            "objective",
            "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/loss, direction: maximize }]",
            "SC1075",
            5,
            57,
            "objectives[1] is val/loss again"
        },
        {
            "second target",
            Specs.Mlp,
            "objective",
            "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/accuracy, direction: maximize, target: 1 }]",
            "SC1075",
            5,
            102,
            "target belongs to the first objective only"
        },
        {
            "objective key",
            Specs.Mlp,
            "objective",
            "objectives: [{ metric: val/loss, direction: minimize }, { metrc: val/accuracy, direction: maximize }]",
            "SC1003",
            5,
            59,
            "unknown key \"metrc\" in objectives[1]"
        },
        {
            "objective metric",
            Specs.Mlp,
            "objective",
            "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/acc, direction: maximize }]",
            "SC1072",
            5,
            67,
            "objectives[1]: workload mlp does not report"
        },
        {
            "one only",
            Specs.Mlp,
            "objective",
            Several + "\nalgorithm: { type: gp }",
            "SC1075",
            6,
            1,
            "algorithm gp takes one objective, but objectives has 2"
        },
        {
            "scheduler of one",
            Specs.Mlp,
            "objective",
            Several + "\nscheduler: { type: median }",
            "SC1075",
            6,
            1,
            "scheduler median takes one objective, but objectives has 2"
        },
        {
            "warm start of one",
            Specs.Mlp,
            "objective",
            Several + "\nwarmStart: { from: earlier }",
            "SC1075",
            6,
            1,
            "warmStart takes over one value of each trial"
        },
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

    private const string Several = "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/accuracy, direction: maximize }]";

    public static TheoryData<string, string, string, string, string> Surprising { get; } = new()
    {
        { "measured once", "seed", "scheduler: { type: asha, max: 9 }", "SC1076", "each trial is measured once: measurements is 1" },
        {
            "warm start of random",
            "seed",
            "algorithm: { type: random }\nwarmStart: { from: earlier }",
            "SC1056",
            "warmStart only keeps what search earlier tried from being tried again: algorithm random does not learn from trials"
        },
        {
            "fraction of no data",
            "seed",
            Stages + "[{ type: random, trials: 3, dataFraction: 0.5 }, { type: gp }] }",
            "SC1067",
            "workload function reads no data"
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Explains_a_bad_line_and_its_place(
        string row, string good, string key, string line, string code, int atLine, int column, string words)
    {
        var text = line.Contains("\nbudget:", StringComparison.Ordinal)
            ? good.With("budget", null).With(key == "budget" ? "none" : key, line)
            : good.With(key, line);

        var result = Specs.Read(text, vocabulary: TestVocabulary.Value);

        result.Spec.ShouldBeNull(row);
        var problem = result.Problems.FirstOrDefault(
            candidate => candidate.Code == code && candidate.Message.Contains(words, StringComparison.Ordinal));
        problem.ShouldNotBeNull(row + ": " + string.Join("; ", result.Problems.Select(SpecProblemFormat.MsBuild)));
        (problem.Line, problem.Column).ShouldBe((atLine, column), row + ": " + problem.Message);
        problem.Help.ShouldNotBeNull();
        problem.Message.Length.ShouldBeLessThan(400);
    }

    [Theory]
    [MemberData(nameof(Surprising))]
    public void Warns_of_what_has_no_effect(string row, string key, string line, string code, string words)
    {
        var result = Specs.Read(Specs.Function.With(key, line), vocabulary: TestVocabulary.Value);

        result.Spec.ShouldNotBeNull(row + ": " + string.Join("; ", result.Problems.Select(SpecProblemFormat.MsBuild)));
        var problem = result.Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Severity).ShouldBe((code, "warning"));
        problem.Message.ShouldContain(words);
    }

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
    public void Warns_of_less_data_in_a_later_stage()
    {
        var text = Specs.Mlp + "\n" + Stages + "[{ type: random, trials: 3, dataFraction: 0.5 }, { type: gp, dataFraction: 0.2 }] }";

        var problem = Specs.Read(text, vocabulary: TestVocabulary.Value).Problems.ShouldHaveSingleItem();

        (problem.Code, problem.Severity).ShouldBe(("SC1067", "warning"));
        problem.Message.ShouldContain("dataFraction is 0.2, less than the 0.5 of the stage before");
    }

    [Fact]
    public void Warns_that_the_ensemble_takes_the_first_objective()
    {
        var problem = Specs.Read(Specs.Mlp.With("objective", Several) + "\nensemble: { type: top-k, members: 3 }").Problems
            .ShouldHaveSingleItem();

        (problem.Code, problem.Severity).ShouldBe(("SC1075", "warning"));
        problem.Message.ShouldContain("first objective, val/loss");
    }

    [Fact]
    public void Options_take_the_kind_of_their_domain()
    {
        var spec = Specs.Good(
            Specs.Function
                .With(
                    "seed",
                    "algorithm: { type: gp, startup: 8, options: { kernel: rbf, jitter: 0, warp: false } }\nscheduler: { type: asha, resource: epoch, max: 27, reduction: 4 }")
                .With("workload", "workload: { builtin: function, fixed: { function: branin, measurements: 27 } }"),
            vocabulary: TestVocabulary.Value);

        spec.Algorithm.Options.ShouldBe(ParameterValues.Empty
            .With("startup", ParameterValue.Integer(8)).With("kernel", ParameterValue.Text("rbf"))
            .With("jitter", ParameterValue.Real(0)).With("warp", ParameterValue.Boolean(false)));
        spec.Scheduler.ShouldBe(new SchedulerSpec(
            "asha", ParameterValues.Empty.With("max", ParameterValue.Integer(27)).With("reduction", ParameterValue.Real(4))));
    }

    [Fact]
    public void Stages_are_read_with_their_defaults()
    {
        var spec = Specs.Good(
            Specs.Mlp
                + "\n"
                + Stages
                + "[{ algorithm: random, trials: 30, dataFraction: 0.3 }, { type: gp, options: { startup: 4 }, top: 0.1, margin: 0 }] }",
            vocabulary: TestVocabulary.Value);

        spec.Algorithm.Stages.ShouldBe(
        [
            new StageSpec("random", ParameterValues.Empty, 30, 0.3),
            new StageSpec("gp", ParameterValues.Empty.With("startup", ParameterValue.Integer(4)), null, 1, 0.1, 0),
        ]);
    }

    [Fact]
    public void Several_objectives_keep_the_first_as_the_objective()
    {
        var spec = Specs.Good(Specs.Mlp.With("objective", Several));

        spec.Objectives.ShouldBe(
            [new ObjectiveSpec("val/loss", Direction.Minimize), new ObjectiveSpec("val/accuracy", Direction.Maximize)]);
        spec.Objective.ShouldBe(spec.Objectives![0]);
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

    [Fact]
    public void The_same_sections_in_json_are_equal()
    {
        const string Json = """
            { "version": 1, "name": "good", "workload": { "builtin": "mlp" }, "data": { "source": "digits" },
              "objective": { "metric": "val/loss", "direction": "minimize" }, "space": { "reg": { "type": "log", "min": 1e-6, "max": 1e-2 } },
              "algorithm": { "type": "coarse-to-fine", "stages": [{ "type": "random", "trials": 5, "dataFraction": 0.5 }, { "type": "gp", "options": { "warp": false } }] },
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

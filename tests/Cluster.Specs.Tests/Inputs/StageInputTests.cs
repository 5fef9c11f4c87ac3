namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>The stages of an algorithm: what they become, and what is wrong with them.</summary>
public sealed class StageInputTests
{
    private const string Stages = "algorithm: { type: coarse-to-fine, stages: ";

    /// <summary>Row, base, key of the line replaced, its new text, code, words, line and column.</summary>
    public static TheoryData<string, string, string, string, string, int, int, string> Bad { get; } = new()
    {
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
    };

    public static TheoryData<string, string, string, string, string> Surprising { get; } = new()
    {
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
        string row, string good, string key, string line, string code, int atLine, int column, string words) =>
        BadLines.AtPlace(row, good, key, line, code, (atLine, column), words);

    [Theory]
    [MemberData(nameof(Surprising))]
    public void Warns_of_what_has_no_effect(string row, string key, string line, string code, string words) =>
        BadLines.Surprising(row, key, line, code, words);

    [Fact]
    public void Warns_of_less_data_in_a_later_stage()
    {
        var text = Specs.Mlp + "\n" + Stages + "[{ type: random, trials: 3, dataFraction: 0.5 }, { type: gp, dataFraction: 0.2 }] }";

        var problem = Specs.Read(text, vocabulary: TestVocabulary.Value).Problems.ShouldHaveSingleItem();

        (problem.Code, problem.Severity).ShouldBe(("SC1067", "warning"));
        problem.Message.ShouldContain("dataFraction is 0.2, less than the 0.5 of the stage before");
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
}

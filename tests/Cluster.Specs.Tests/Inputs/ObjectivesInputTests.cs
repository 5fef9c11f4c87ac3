namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>Section objectives: what it becomes, and what is wrong with it.</summary>
public sealed class ObjectivesInputTests
{
    private const string Several = "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/accuracy, direction: maximize }]";

    /// <summary>Row, base, key of the line replaced, its new text, code, words, line and column.</summary>
    public static TheoryData<string, string, string, string, string, int, int, string> Bad { get; } = new()
    {
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
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Explains_a_bad_line_and_its_place(
        string row, string good, string key, string line, string code, int atLine, int column, string words) =>
        BadLines.AtPlace(row, good, key, line, code, (atLine, column), words);

    [Fact]
    public void Warns_that_the_ensemble_takes_the_first_objective()
    {
        var problem = Specs.Read(Specs.Mlp.With("objective", Several) + "\nensemble: { type: top-k, members: 3 }").Problems
            .ShouldHaveSingleItem();

        (problem.Code, problem.Severity).ShouldBe(("SC1075", "warning"));
        problem.Message.ShouldContain("first objective, val/loss");
    }

    [Fact]
    public void Several_objectives_keep_the_first_as_the_objective()
    {
        var spec = Specs.Good(Specs.Mlp.With("objective", Several));

        spec.Objectives.ShouldBe(
            [new ObjectiveSpec("val/loss", Direction.Minimize), new ObjectiveSpec("val/accuracy", Direction.Maximize)]);
        spec.Objective.ShouldBe(spec.Objectives![0]);
    }
}

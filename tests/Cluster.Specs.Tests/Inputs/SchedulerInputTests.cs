namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>Section scheduler: what is wrong with it.</summary>
public sealed class SchedulerInputTests
{
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
    };

    public static TheoryData<string, string, string, string, string> Surprising { get; } = new()
    {
        { "measured once", "seed", "scheduler: { type: asha, max: 9 }", "SC1076", "each trial is measured once: measurements is 1" },
        {
            "more enqueued than tried",
            "budget",
            "budget: { trials: 2 }\nenqueue: [{ x: 1, y: 1 }, { x: 2, y: 1 }, { x: 3, y: 1 }]",
            "SC1055",
            "enqueue has 3 configurations, but budget.trials is 2: the last ones are not tried"
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
}

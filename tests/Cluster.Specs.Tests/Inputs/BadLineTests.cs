namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>One row per bad line of a spec without data: code and the words that matter.</summary>
public sealed class BadLineTests
{
    /// <summary>Key of the line replaced, its new text (null: removed), code, key words. The place is the value's unless given.</summary>
    public static TheoryData<string, string, string?, string, string> FunctionLines { get; } = new()
    {
        { "A19", "budget", "buget: { trials: 5 }", "SC1003", "did you mean \"budget\"?" },
        {
            "A20",
            "seed",
            "earlyStopping: { patiance: 5 }",
            "SC1003",
            "unknown key \"patiance\" in earlyStopping; did you mean \"patience\"?"
        },
        { "A23 missing", "name", null, "SC1012", "name is required" },
        { "A23 empty", "name", "name: \"\"", "SC1012", "starting with a letter or digit" },
        { "A23 words", "name", "name: Hello World", "SC1012", "is \"Hello World\"" },
        { "A23 long", "name", "name: " + new string('a', 64), "SC1012", "64 characters" },
        { "A23 path", "name", "name: ../x", "SC1012", "must be 1 to 63" },
        { "A23 device", "name", "name: con", "SC1012", "reserved device name" },
        { "A23 dash", "name", "name: -x", "SC1012", "is \"-x\"" },
        { "A23 number", "name", "name: 12", "SC1012", "name is 12" },
        { "A73 direction mark", "name", "name: a\u202Eb", "SC1012", "U+202E" },
        { "A25", "objective", "objective: { metric: value }", "SC1013", "minimize or maximize is required" },
        { "A26", "objective", "objective: { metric: value, direction: min }", "SC1014", "did you mean \"minimize\"?" },
        { "metric", "objective", "objective: { metric: valu, direction: minimize }", "SC1072", "did you mean \"value\"?" },
        {
            "A31",
            "x",
            "  x: { type: flot, min: 0, max: 1 }",
            "SC1023",
            "one of float, log, int, logint, item, bool; did you mean \"float\"?"
        },
        { "A32", "x", "  x: { type: float, min: 0 }", "SC1024", "needs max" },
        { "items without list", "x", "  x: { type: item }", "SC1024", "needs items" },
        { "wrong key", "x", "  x: { type: bool, min: 0 }", "SC1025", "min does not belong to type bool" },
        { "empty items", "x", "  x: { type: item, items: [] }", "SC1026", "has 0 entries" },
        { "double list", "x", "  x: { type: item, items: [[1, 2], [1, 2]] }", "SC1026", "the item [1, 2] occurs twice" },
        { "double null", "x", "  x: { type: item, items: [null, ~] }", "SC1026", "the item null occurs twice" },
        {
            "a mapping in a list",
            "x",
            "  x: { type: item, items: [[1, { a: 2 }]] }",
            "SC1026",
            "an item is a list with an entry that is a mapping"
        },
        {
            "a list for a coordinate",
            "x",
            "  x: { type: item, items: [1, [64, 64]] }",
            "SC1081",
            "x of function is a coordinate, which cannot be [64, 64]"
        },
        { "double item", "x", "  x: { type: item, items: [1, 1] }", "SC1026", "occurs twice" },
        { "default outside", "x", "  x: { type: float, min: 0, max: 1, default: 2 }", "SC1027", "from 0 to 1" },
        { "min above max", "x", "  x: { type: float, min: 2, max: 1 }", "SC1040", "min is 2, but must be at most max, which is 1" },
        { "A35 zero", "x", "  x: { type: log, min: 0, max: 1 }", "SC1042", "space.x: min must be greater than 0 for type log (got 0)" },
        { "A35 negative", "x", "  x: { type: logint, min: -3, max: 9 }", "SC1042", "(got -3)" },
        { "A37", "x", "  x: { type: float, min: \"1e-4\", max: 1 }", "SC1044", "a quoted text, not a number" },
        { "A38 flow", "x", "  x: { type: float, min: 1,5, max: 3 }", "SC1044", "decimal comma" },
        { "A38 block", "x", "  x:\n    type: float\n    min: 1,5\n    max: 3", "SC1044", "decimal comma" },
        { "A73 full-width", "x", "  x: { type: float, min: ０.５, max: 3 }", "SC1044", "U+FF10" },
        { "infinite", "x", "  x: { type: float, min: -.inf, max: 3 }", "SC1044", "must be finite" },
        { "huge", "x", "  x: { type: float, min: 0, max: 1e999 }", "SC1045", "must be finite" },
        { "fraction", "x", "  x: { type: int, min: 0.5, max: 3 }", "SC1044", "must be a whole number for type int" },
        { "A40", "x", "  x: { type: int, min: 0, max: 10000000000000000000 }", "SC1045", "outside ±9.2e18" },
        { "A41 zero", "x", "  x: { type: float, min: 0, max: 1, step: 0 }", "SC1046", "must be greater than 0" },
        { "A41 negative", "x", "  x: { type: int, min: 0, max: 9, step: -1 }", "SC1046", "must be greater than 0" },
        { "A41 large", "x", "  x: { type: float, min: 0, max: 1, step: 2 }", "SC1046", "larger than the range" },
        { "A46", "x", "  x: { type: float, min: 0, max: 1, when: { z: 1 } }", "SC1050", "no parameter \"z\"" },
        { "A47 self", "x", "  x: { type: float, min: 0, max: 1, when: { x: 1 } }", "SC1051", "x → x" },
        { "A50", "seed", "forbid: [{ x: { min: -5 }, y: { max: 15 } }]", "SC1053", "leaves no configuration" },
        { "A50 together", "seed", "forbid: [{ x: { min: 0 } }, { x: { max: 0 } }]", "SC1053", "leaves no configuration" },
        { "forbid nothing", "seed", "forbid: [{ x: { min: 11 } }]", "SC1054", "never in this range" },
        { "enqueue unknown", "seed", "enqueue: [{ z: 1 }]", "SC1055", "no parameter \"z\"" },
        { "enqueue outside", "seed", "enqueue: [{ x: 11 }]", "SC1055", "from -5 to 10" },
        { "A53", "seed", "algorithm: { type: grid }", "SC1061", "gridPoints" },
        { "misspelled workload", "workload", "workload: { builtin: resnett }", "SC1014", "did you mean \"resnet\"" },
        { "bagging", "seed", "ensemble: { type: bagging, members: 5 }", "SC1074", "models of workload function cannot vote" },
        { "no end", "budget", "budget: { failures: 3 }", "SC1064", "at least one of trials" },
        { "A58 words", "budget", "budget: { time: 2 hours }", "SC1065", "is \"2 hours\"" },
        { "A58 half", "budget", "budget: { time: 1.5h }", "SC1065", "is \"1.5h\"" },
        { "A58 empty", "budget", "budget: { time: \"\" }", "SC1065", "is empty" },
        { "A58 negative", "budget", "budget: { time: -5m }", "SC1065", "is \"-5m\"" },
        { "A58 no unit", "budget", "budget: { time: 5 }", "SC1065", "time is 5" },
        { "A58 long", "budget", "budget: { time: 10000000h }", "SC1065", "3650d" },
        { "A59 0", "budget", "budget: { trials: 0 }", "SC1066", "from 1 to 1,000,000" },
        { "A59 many", "budget", "budget: { trials: 1000001 }", "SC1066", "from 1 to 1,000,000" },
        { "A59 fraction", "budget", "budget: { trials: 1.5 }", "SC1066", "is 1.5" },
        { "A59 true", "budget", "budget: { trials: true }", "SC1066", "is true" },
        { "A60 priority", "seed", "resources: { priority: 101 }", "SC1017", "priority is 101, but must be a whole number from -100 to" },
        { "A60 low", "seed", "resources: { priority: -101 }", "SC1017", "priority is -101" },
        { "A60 word", "seed", "resources: { priority: high }", "SC1017", "must be a whole number from -100 to 100" },
        { "A61 unit", "seed", "resources: { perTrial: { memory: 4G } }", "SC1071", "is \"4G\"" },
        { "A61 zero", "seed", "resources: { perTrial: { memory: 0GiB } }", "SC1071", "above 0" },
        { "A61 huge", "seed", "resources: { perTrial: { memory: 1e30GiB } }", "SC1071", "is \"1e30GiB\"" },
        { "A64", "workload", "workload: { class: \"My.Type, My\" }", "SC1090", "no workload of your own" },
        { "A65", "workload", "workload: { builtin: mlp, class: \"My.Type, My\" }", "SC1090", "exclude each other" },
        { "A74 negative", "seed", "seed: -1", "SC1016", "from 0 to" },
        { "A74 fraction", "seed", "seed: 1.5", "SC1016", "is 1.5" },
        { "A74 large", "seed", "seed: 9007199254740992", "SC1016", "9,007,199,254,740,991" },
        { "data not needed", "seed", "data: { source: digits }", "SC1100", "needs no data" },
        { "cannot vote", "seed", "ensemble: { type: top-k, members: 5 }", "SC1074", "cannot vote" },
        { "needs function", "workload", "workload: { builtin: function }", "SC1082", "needs function" },
        {
            "unknown function",
            "workload",
            "workload: { builtin: function, fixed: { function: brannin } }",
            "SC1081",
            "did you mean \"branin\"?"
        },
        {
            "given twice",
            "workload",
            "workload: { builtin: function, fixed: { function: branin, x: 1 } }",
            "SC1083",
            "in space and in workload.fixed"
        },
        { "empty section", "budget", "budget:", "SC1010", "budget is empty" },
    };

    [Theory]
    [MemberData(nameof(FunctionLines))]
    public void Explains_a_bad_line(string row, string key, string? line, string code, string words) =>
        BadLines.Explained(row, Specs.Function, key, line, code, words);
}

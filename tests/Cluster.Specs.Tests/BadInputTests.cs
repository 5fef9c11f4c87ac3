namespace SearchCluster.Specs.Tests;

/// <summary>One row per bad input: code, place and the words that matter.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string, string, int, int, string> Files { get; } = new()
    {
        { "A04 empty", "", "SC1001", 1, 1, "the file is empty" },
        { "A04 only comments", "# nothing\n\n", "SC1001", 1, 1, "the file is empty" },
        { "A08 NUL", "version: 1\nname: a\0b\n", "SC1002", 2, 8, "U+0000" },
        { "A08 escaped NUL", "version: 1\nname: \"a\\0b\"\n", "SC1002", 2, 7, "U+0000" },
        { "A10 bracket", "version: 1\nspace: { x: { items: [1, 2 }\nname: x\n", "SC1004", 2, 22, "opened here" },
        { "A10 bracket at the end", "version: 1\nlabels: [1, 2\n", "SC1004", 2, 9, "opened here" },
        { "A10 quote", "version: 1\nname: \"abc\nseed: 1\n", "SC1004", 2, 7, "never closed" },
        { "A11 lists", new string('[', 10_000), "SC1005", 1, 17, "nested deeper than 16" },
        { "A11 dashes", string.Concat(Enumerable.Repeat("- ", 10_000)), "SC1005", 1, 33, "nested deeper than 16" },
        { "A13 self reference", "a: &x [*x]\n", "SC1006", 1, 4, "anchor &x" },
        { "alias", "a: *x\n", "SC1006", 1, 4, "alias *x" },
        { "A14 merge key", "version: 1\n<<: { a: 1 }\n", "SC1006", 2, 1, "merge keys" },
        { "tag", "version: !!int 1\n", "SC1006", 1, 10, "tag" },
        { "A16 two documents", "version: 1\n---\nversion: 1\n", "SC1008", 2, 1, "one document per file" },
        { "A17 duplicate", "version: 1\nname: a\nname: b\n", "SC1009", 3, 1, "first at 2:1" },
        { "a list", "- 1\n", "SC1010", 1, 1, "must be a mapping" },
        { "a text", "hello\n", "SC1010", 1, 1, "must be a mapping" },
        { "tab", "version: 1\nspace:\n\tx: 1\n", "SC1004", 3, 1, "tab" },
        { "A73 no-break space", "version: 1\nspace:\n\u00a0 x:\u00a01\n  y: 2\n", "SC1004", 3, 1, "U+00A0" },
        { "UTF-16", "\ufffe", "SC1002", 1, 1, "U+FFFE" },
        { "A22 future", "version: 2\nnonsense: 1\n", "SC1011", 1, 10, "written for format 2; this is SearchCluster" },
        { "A22 quoted", "version: \"1\"\n", "SC1011", 1, 10, "must be the number 1" },
        { "A22 real", "version: 1.0\n", "SC1011", 1, 10, "must be the number 1" },
        { "A22 missing", "name: x\n", "SC1011", 1, 1, "version is required" },
    };

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
        { "A56 0", "seed", "earlyStopping: { patience: 0 }", "SC1063", "from 1 to 100,000" },
        { "A56 -1", "seed", "earlyStopping: { patience: -1 }", "SC1063", "is -1" },
        { "A56 5.5", "seed", "earlyStopping: { patience: 5.5 }", "SC1063", "whole number" },
        { "A56 1e9", "seed", "earlyStopping: { patience: 1e9 }", "SC1063", "from 1 to 100,000" },
        { "no end", "budget", "budget: { failures: 3 }", "SC1064", "at least one of trials" },
        { "A58 words", "budget", "budget: { time: 2 hours }", "SC1065", "is \"2 hours\"" },
        { "A58 empty", "budget", "budget: { time: \"\" }", "SC1065", "is empty" },
        { "A58 negative", "budget", "budget: { time: -5m }", "SC1065", "is \"-5m\"" },
        { "A58 no unit", "budget", "budget: { time: 5 }", "SC1065", "time is 5" },
        { "A58 long", "budget", "budget: { time: 10000000h }", "SC1065", "3650d" },
        { "A59 0", "budget", "budget: { trials: 0 }", "SC1066", "from 1 to 1,000,000" },
        { "A59 many", "budget", "budget: { trials: 1000001 }", "SC1066", "from 1 to 1,000,000" },
        { "A59 fraction", "budget", "budget: { trials: 1.5 }", "SC1066", "is 1.5" },
        { "A59 true", "budget", "budget: { trials: true }", "SC1066", "is true" },
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

    public static TheoryData<string, string, string?, string, string> MlpLines { get; } = new()
    {
        {
            "A49",
            "momentum",
            "  momentum: { type: float, min: 0, max: 0.99, when: { optimizer: rmsprop } }",
            "SC1052",
            "never active: optimizer is \"rmsprop\", but is one of adam, sgd, momentum"
        },
        { "A67 form", "data", "data: { source: digits, sha256: abc }", "SC1101", "64 lower-case hexadecimal digits" },
        { "A68 sum", "data", "data: { source: digits, split: { train: 0.8, validation: 0.2, test: 0.2 } }", "SC1102", "sum to 1.2" },
        {
            "A68 folds",
            "data",
            "data: { source: digits, split: { train: 0.6, validation: 0.2, test: 0.2, folds: 5 } }",
            "SC1102",
            "exclude each other"
        },
        {
            "one fold",
            "data",
            "data: { source: digits, split: { folds: 1 } }",
            "SC1102",
            "must be a whole number from 2 to 20, or leave-one-out"
        },
        {
            "too many folds",
            "data",
            "data: { source: digits, split: { folds: 21 } }",
            "SC1102",
            "must be a whole number from 2 to 20, or leave-one-out"
        },
        {
            "folds of a word",
            "data",
            "data: { source: digits, split: { folds: many } }",
            "SC1102",
            "must be a whole number from 2 to 20, or leave-one-out"
        },
        {
            "folds of a series",
            "data",
            "data: { source: ./a.csv, format: series, series: { window: 3 }, split: { folds: 3 } }",
            "SC1102",
            "cannot be divided into folds"
        },
        { "groups of two columns", "data", "data: { source: ./a.csv, split: { groupBy: [a, b] } }", "SC1102", "a row has one group" },
        {
            "groups of a series",
            "data",
            "data: { source: ./a.csv, format: series, series: { window: 3 }, split: { groupBy: a } }",
            "SC1102",
            "groupBy is for tables and folders of images"
        },
        { "groups without a name", "data", "data: { source: ./a.csv, split: { folds: 3, groupBy: {} } }", "SC1010", "groupBy" },
        { "an unknown policy for unseen texts", "data", "data: { source: ./a.csv, unseen: skip }", "SC1014", "unseen" },
        { "unseen texts of images", "data", "data: { source: ./a, format: images, unseen: ignore }", "SC1100", "unseen is for tables" },
        { "data missing", "data", null, "SC1100", "data is required" },
        {
            "rows without validation",
            "data",
            "data: { source: digits, split: { trainRows: 0-9 } }",
            "SC1102",
            "validationRows is required"
        },
        {
            "rows and shares",
            "data",
            "data: { source: digits, split: { trainRows: 0-9, validationRows: 10-19, train: 0.5 } }",
            "SC1102",
            "train is a share"
        },
        {
            "rows backwards",
            "data",
            "data: { source: digits, split: { trainRows: 9-0, validationRows: 10-19 } }",
            "SC1102",
            "the first not above the last"
        },
        { "empty texts without a policy", "data", "data: { source: ./a.csv, missingTexts: [NA] }", "SC1100", "not what becomes of one" },
        {
            "two ways to split a target",
            "data",
            "data: { source: ./a.csv, threshold: 1, medianSplit: true }",
            "SC1100",
            "exclude each other"
        },
        {
            "a separator of two characters",
            "data",
            "data: { source: ./a.csv, separator: ';;' }",
            "SC1100",
            "must be one character such as , or ; or |"
        },
        {
            "a letter as separator",
            "data",
            "data: { source: ./a.csv, separator: x }",
            "SC1100",
            "separator is \"x\", but must be one character"
        },
        { "a mark that is none", "data", "data: { source: ./a.csv, decimal: ';' }", "SC1014", "decimal is \";\"" },
        {
            "one mark for two purposes",
            "data",
            "data: { source: ./a.csv, decimal: ',', thousands: ',' }",
            "SC1100",
            "thousands and decimal are both \",\""
        },
        { "a header that is a word", "data", "data: { source: ./a.csv, header: none }", "SC1010", "must be true or false" },
        {
            "an order of dates",
            "data",
            "data: { source: ./a.csv, dates: { when: dmy } }",
            "SC1014",
            "when is \"dmy\", but must be one of iso, day-first, month-first"
        },
        {
            "a column of two types",
            "data",
            "data: { source: ./a.csv, types: { when: category }, dates: { when: iso } }",
            "SC1100",
            "stands under types and under dates"
        },
        { "a notation for images", "data", "data: { source: ./a, format: images, decimal: ',' }", "SC1100", "decimal is for tables" },
        { "table keys for images", "data", "data: { source: ./a, format: images, missing: mean }", "SC1100", "missing is for tables" },
        {
            "series of a table",
            "data",
            "data: { source: ./a.csv, series: { window: 3 } }",
            "SC1100",
            "series is for format series or text"
        },
        { "several classes", "data", "data: { source: ./a.csv, target: [a, b] }", "SC1100", "but a class is one" },
        {
            "masks for a perceptron",
            "data",
            "data: { source: ./a, format: segmentation }",
            "SC1100",
            "answers a class, but the data ask for a class for each pixel"
        },
        { "pretrained without encoder", "workload", "workload: { builtin: mlp, pretrained: { from: a } }", "SC1090", "has no encoder" },
        { "mean of classes", "seed", "ensemble: { type: top-k, members: 3, combine: mean }", "SC1074", "answers a class" },
        { "soft boosting", "seed", "ensemble: { type: adaboost, members: 3, combine: mean-probability }", "SC1074", "weighs votes" },
        { "pool of top-k", "seed", "ensemble: { type: top-k, members: 3, pool: 9 }", "SC1074", "pool is for greedy" },
        { "data unknown storage", "data", "data: { source: digits, storage: tape }", "SC1014", "storage is \"tape\"" },
        { "data unknown format", "data", "data: { source: x/y, format: parquet }", "SC1014", "format is \"parquet\"" },
        { "data numbers", "data", "data: { source: digits, answer: numbers }", "SC1100", "answers a class, but the data ask for numbers" },
        { "void of images", "data", "data: { source: ./a, format: images, images: { void: none } }", "SC1100", "which masks alone have" },
        { "void that is no colour", "data", "data: { source: ./a, images: { void: black } }", "SC1100",
            "must be a colour, a number of grey from 0 to 65535, or none" },
        { "void beyond 16 bits", "data", "data: { source: ./a, images: { void: 65536 } }", "SC1100", "void" },
        { "class level of a table", "data", "data: { source: ./a.csv, images: { width: 2, height: 2, classLevel: 1 } }", "SC1100",
            "which images alone have" },
        { "data half image", "data", "data: { source: digits, images: { width: 8 } }", "SC1100", "width and height come together" },
        { "data registered wrongly", "data", "data: { source: \"registered:My Data\" }", "SC1100", "does not name a registered data set" },
        { "data unknown", "data", "data: { source: digit }", "SC1100", "did you mean \"digits\"?" },
        { "not read", "learningRate", "  learningRat: { type: log, min: 1e-4, max: 0.1 }", "SC1080", "did you mean \"learningRate\"?" },
        { "not accepted", "learningRate", "  learningRate: { type: log, min: 1e-4, max: 1e9 }", "SC1081", "max is too large" },
        { "wrong type", "learningRate", "  learningRate: { type: int, min: 1, max: 9 }", "SC1081", "type does not fit" },
        {
            "item not accepted",
            "optimizer",
            "  optimizer: { type: item, items: [adam, momentum, sdg] }",
            "SC1081",
            "did you mean \"sgd\"?"
        },
        { "fixed unknown", "workload", "workload: { builtin: mlp, fixed: { epoch: 5 } }", "SC1080", "did you mean \"epochs\"?" },
        { "metric", "objective", "objective: { metric: val/acuracy, direction: maximize }", "SC1072", "did you mean \"val/accuracy\"?" },
        {
            "enqueue inactive",
            "seed",
            "enqueue: [{ optimizer: adam, momentum: 0.5 }]",
            "SC1055",
            "momentum is not active when optimizer is adam"
        },
        { "enqueue undecided", "seed", "enqueue: [{ momentum: 0.5 }]", "SC1055", "not given here" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Names_the_place_where_a_file_breaks(string row, string text, string code, int line, int column, string words)
    {
        var problem = Specs.Read(text).Problems.First(candidate => candidate.Code == code);

        (problem.Code, problem.Line, problem.Column).ShouldBe((code, line, column), row + ": " + problem.Message);
        problem.Message.ShouldContain(words);
    }

    [Theory]
    [MemberData(nameof(FunctionLines))]
    public void Explains_a_bad_line(string row, string key, string? line, string code, string words) =>
        Check(Specs.Function, row, key, line, code, words);

    [Theory]
    [MemberData(nameof(MlpLines))]
    public void Explains_a_bad_line_of_a_network(string row, string key, string? line, string code, string words) =>
        Check(Specs.Mlp, row, key, line, code, words);

    [Fact]
    public void Prints_a_cycle_of_conditions()
    {
        var text = Specs.Function
            .With("x", "  x: { type: float, min: 0, max: 1, when: { y: { min: 1 } } }")
            .With("y", "  y: { type: float, min: 0, max: 15, when: { x: { min: 0.5 } } }");

        Specs.Read(text).Problems.ShouldHaveSingleItem().Message.ShouldContain("x → y → x");
    }

    [Fact]
    public void Refuses_a_grid_of_10_to_the_12_without_a_budget()
    {
        var text = Specs.Function
            .With("x", "  x: { type: int, min: 1, max: 1000000 }")
            .With("y", "  y: { type: int, min: 1, max: 1000000 }")
            .With("seed", "algorithm: { type: grid }");

        Specs.Good(text);
        var problem = Specs.Read(text.With("budget", "budget: { time: 1h }")).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("SC1060");
        problem.Message.ShouldContain("1,000,000 × 1,000,000 = 1,000,000,000,000");
    }

    [Fact]
    public void Refuses_a_grid_whose_forbidden_combinations_cannot_be_counted()
    {
        var names = Enumerable.Range(0, 60).Select(i => $"x{i}").Concat(Enumerable.Range(0, 60).Select(i => $"y{i}"));
        var text = "version: 1\nname: t\nworkload: { builtin: function, fixed: { function: sphere } }\nobjective: { metric: value, direction: minimize }\n"
            + "algorithm: { type: grid }\nbudget: { trials: 5 }\nspace:\n"
            + string.Concat(names.Select(name => $"  {name}: {{ type: int, min: 0, max: 1 }}\n"))
            + "forbid:\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"  - {{ x{i}: 1, y{i}: 1 }}\n"));

        var problem = Specs.Read(text).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("SC1060");
        problem.Message.ShouldContain("too many ways");
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, "SC1021")]
    public void Limits_the_number_of_parameters(int count, string? code)
    {
        var lines = string.Join('\n', Enumerable.Range(0, count).Select(i => $"  p{i}: {{ type: bool }}"));
        var text = Specs.Function.With("x", lines).With("y", "");

        Specs.Read(text).Problems.Select(problem => problem.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Fact]
    public void Reports_at_most_fifty_problems_in_order_of_their_lines()
    {
        var text = Specs.Function + "\n" + string.Join('\n', Enumerable.Range(0, 80).Select(i => $"unknown{i}: 1"));

        var result = Specs.Read(text);

        result.Problems.Length.ShouldBe(50);
        result.Omitted.ShouldBe(30);
        result.Problems.Select(problem => problem.Line).ShouldBeInOrder();
        result.Spec.ShouldBeNull();
    }

    [Theory]
    [InlineData(SpecLimits.Bytes, "SC1001")]
    [InlineData(SpecLimits.Bytes + 1, "SC1002")]
    public void Limits_the_size_of_a_file(int bytes, string code) =>
        Specs.Read("#" + new string(' ', bytes - 1)).Problems.ShouldHaveSingleItem().Code.ShouldBe(code);

    private static void Check(string good, string row, string key, string? line, string code, string words)
    {
        var result = Specs.Read(good.With(key, line));

        result.Spec.ShouldBeNull(row);
        var problem = result.Problems.FirstOrDefault(candidate => candidate.Code == code);
        problem.ShouldNotBeNull(row + ": " + string.Join("; ", result.Problems.Select(SpecProblemFormat.MsBuild)));
        problem.Message.ShouldContain(words);
        problem.Severity.ShouldBe("error");
        problem.Line.ShouldBeGreaterThan(0);
        problem.Help.ShouldNotBeNull();
        problem.Message.Length.ShouldBeLessThan(400);
    }
}

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>One row per bad line of a spec whose workload learns from data: code and the words that matter.</summary>
public sealed class BadNetworkLineTests
{
    /// <summary>Key of the line replaced, its new text (null: removed), code, key words.</summary>
    public static TheoryData<string, string, string?, string, string> Lines { get; } = new()
    {
        {
            "A49",
            "momentum",
            "  momentum: { type: float, min: 0, max: 0.99, when: { optimizer: rmsprop } }",
            "SC1052",
            "never active: optimizer is \"rmsprop\", but is one of adam, sgd, momentum"
        },
        { "A56 0", "seed", "earlyStopping: { patience: 0 }", "SC1063", "from 1 to 100,000" },
        { "A56 -1", "seed", "earlyStopping: { patience: -1 }", "SC1063", "is -1" },
        { "A56 5.5", "seed", "earlyStopping: { patience: 5.5 }", "SC1063", "whole number" },
        { "A56 1e9", "seed", "earlyStopping: { patience: 1e9 }", "SC1063", "from 1 to 100,000" },
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
    [MemberData(nameof(Lines))]
    public void Explains_a_bad_line_of_a_network(string row, string key, string? line, string code, string words) =>
        BadLines.Explained(row, Specs.Mlp, key, line, code, words);
}

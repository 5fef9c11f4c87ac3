using System.Globalization;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Ensembles;

/// <summary>No figure of an ensemble is of rows that its members learned from, for every way to split and every way to make one.</summary>
/// <remarks>The labels are random and are learned by heart: of a row that a member learned from it says nearly always what is true, of any
/// other it does not know better than chance.</remarks>
public sealed class HonestFigureTests : EnsembleFixture
{
    private const int Rows = 120;
    private const double FarAboveChance = 0.85;

    private static readonly ParameterValues ByHeart = Trials.Values(
        ("epochs", ParameterValue.Integer(100)),
        ("hiddenSize", ParameterValue.Integer(128)),
        ("learningRate", ParameterValue.Real(0.02)),
        ("batchSize", ParameterValue.Integer(48)),
        ("optimizer", ParameterValue.Text("adam")));

    private static readonly string[] Splits = [
        "shares",
        "groups",
        "rows",
        "given",
        "given test",
        "folds",
        "folds and groups",
        "folds and given test",
    ];

    public static TheoryData<string, string> Combinations =>
        new(Splits.SelectMany(split => EnsembleMethods.All.Select(method => (split, method.Name))));

    [Theory]
    [MemberData(nameof(Combinations))]
    public void What_is_shown_is_of_rows_that_members_did_not_learn_from(string split, string type)
    {
        // What is kept is the epoch that knows its training rows best.
        var plan = Trials.Plan(new ObjectiveSpec("train/loss", Direction.Minimize), data: Data(split));

        // The others train all of their members.
        for (var trial = 0; trial < (type is "top-k" or "greedy" ? 2 : 0); trial++)
        {
            var outcome = new WorkExecutor()
                .Run(Trials.Assignment(ByHeart, plan, trial, (ulong)trial), Context)
                .ShouldBeOfType<AttemptCompleted>();
            outcome.Result.Metrics["train/loss"].ShouldBeLessThan(0.2, "the test needs what is learned by heart");
        }

        var candidates = Enumerable.Range(0, 2).Select(trial => new EnsembleMember(new TrialId(trial), ByHeart, trial)).ToValueArray();
        var report = new WorkExecutor().Run(new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec(type, 3, EnsembleCombination.MeanProbability),
            candidates,
            plan), Context)
            .ShouldBeOfType<EnsembleCompleted>().Report;

        var figures = report.Metrics
            .Concat(report.BestSingle)
            .Where(metric => metric.Key.EndsWith("/accuracy", StringComparison.Ordinal))
            .ToList();
        figures.ShouldAllBe(figure => figure.Value < FarAboveChance);
        figures.Select(figure => figure.Key.Split('/')[0]).Distinct().ShouldBe(Expected(split, type), ignoreOrder: true);
    }

    [Theory]
    [InlineData("bagging", "val")]
    [InlineData("folds")]
    public void Nothing_is_said_of_unseen_rows_whose_neighbours_in_time_were_seen(string type, params string[] parts)
    {
        var source = Path.Combine(_root, "walk.csv");
        File.WriteAllText(source, "v\n" + string.Concat(
            Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(i / 5.0):0.000}\n"))));
        var plan = Trials.Plan(workload: "mlp-regressor") with
        {
            Data = new(
                source,
                "v",
                new SplitSpec(),
                Format: DataFormat.Series,
                Table: new() { Answer = TargetKind.Numbers },
                Series: new(Window: 8)),
        };
        var values = Trials.Values(("epochs", ParameterValue.Integer(2)), ("hiddenSize", ParameterValue.Integer(8)));
        var assignment = new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec(type, 3, EnsembleCombination.Mean),
            [new EnsembleMember(new TrialId(0), values, 0)],
            plan);

        var report = new WorkExecutor().Run(assignment, Context).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Metrics.Keys.Select(name => name.Split('/')[0]).Distinct().ShouldBe([.. parts, "test"], ignoreOrder: true);
    }

    private static IEnumerable<string> Expected(string split, string type) =>
    [
        .. type == "folds" ? (string[])["oof"] : ["val"],
        .. type == "bagging" ? (string[])["oob"] : [],
        .. split is "folds" or "folds and groups" ? (string[])[] : ["test"],
    ];

    private DataSpec Data(string split)
    {
        var folder = Path.Combine(_root, "data");
        Directory.CreateDirectory(folder);
        var source = Path.Combine(folder, "rows.csv");
        if (split.Contains("given", StringComparison.Ordinal))
        {
            File.WriteAllText(Path.Combine(folder, "train.csv"), Table(0, Rows, areTwins: false));
            File.WriteAllText(Path.Combine(folder, "test.csv"), Table(Rows, Rows, areTwins: false));
            source = folder;
            if (split == "given")
            {
                File.WriteAllText(Path.Combine(folder, "val.csv"), Table(2 * Rows, Rows, areTwins: false));
            }
        }
        else
        {
            File.WriteAllText(source, Table(0, 2 * Rows, split.Contains("groups", StringComparison.Ordinal)));
        }

        return new(source, null, split switch
        {
            "groups" => new SplitSpec(GroupBy: "who"),
            "rows" => new SplitSpec(TrainRows: new(0, 119), ValidationRows: new(120, 179), TestRows: new(180, 239)),
            "folds" or "folds and given test" => new SplitSpec(Folds: 3),
            "folds and groups" => new SplitSpec(Folds: 3, GroupBy: "who"),
            _ => new SplitSpec(),
        }, Table: new() { Exclude = split.Contains("groups", StringComparison.Ordinal) ? null : ["who"] });
    }

    // Rows of one group are twins, so that a group in two parts would show.
    private static string Table(int first, int count, bool areTwins)
    {
        var text = new System.Text.StringBuilder(
            "who," + string.Join(',', Enumerable.Range(0, 10).Select(column => $"x{column}")) + ",y\n");
        for (var row = first; row < first + count; row++)
        {
            var group = areTwins ? row / 2 : row;
            var stream = SeedSequence.Stream(1, StreamPurpose.Bootstrap, group);
            var numbers = Enumerable.Range(0, 10)
                .Select(_ => stream.NextDouble().ToString("0.0000", CultureInfo.InvariantCulture))
                .ToList();
            text.Append(CultureInfo.InvariantCulture, $"g{group},{string.Join(',', numbers)},{(stream.NextDouble() < 0.5 ? "p" : "n")}\n");
        }

        return text.ToString();
    }
}

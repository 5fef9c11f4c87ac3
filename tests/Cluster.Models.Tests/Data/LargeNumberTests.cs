using System.Globalization;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data;

public sealed class LargeNumberTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("large-numbers").FullName;

    [Theory]
    [InlineData("1700000000", "1700000001")]
    [InlineData("1700000000000", "1700000000001")]
    [InlineData("-1700000000.25", "-1700000000")]
    public void Numbers_that_single_precision_would_make_equal_stay_apart_as_features(string first, string second)
    {
        var data = Load(
            $"time,label\n{first},a\n{second},b\n{first},a\n{second},b\n", new SplitSpec(TrainRows: new(0, 1), ValidationRows: new(2, 3)));

        data.Train.Inputs.data<float>().ToArray().ShouldBe([-1f, 1f]);
        data.Validation.Inputs.data<float>().ToArray().ShouldBe([-1f, 1f]);
        data.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Large_targets_are_scaled_and_restored_in_double_precision()
    {
        var data = Load(Lines(10, i => $"{i},{1700000000 + i}"), Numbers(new SplitSpec(TrainRows: new(0, 4), ValidationRows: new(5, 9))));

        data.TargetScaling.Mean.ShouldBe([1700000002.0]);
        data.TargetScaling.Deviation[0].ShouldBe(Math.Sqrt(2), 1e-6);
        var plan = Hyperparameters.Create(BuiltinWorkloads.MlpRegressor, ParameterValues.Empty, ParameterValues.Empty);
        var task = new RegressionTask(plan, TaskContext.Of(data));
        var output = task.OutputOf(
            tensor(new double[,] { { 1700000005 }, { 1700000006 }, { 1700000007 }, { 1700000008 }, { 1700000010 } }));
        task
            .ScoreRows(output, new(data.Validation.Inputs, data.Validation.Targets))
            .Single(score => score.Metric == "mae").Mean
            .ShouldBe(0.2, 1e-5);
    }

    [Fact]
    public void Large_numbers_of_a_series_stay_apart()
    {
        var file = Path.Combine(_folder, "series.csv");
        File.WriteAllText(
            file, "t\n" + string.Concat(Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{1700000000 + i}\n"))));
        TorchRuntime.Initialize();

        var data = new DataSetCache().Get(new(file, null, new SplitSpec(), Format: DataFormat.Series, Series: new(Window: 3)), 1, CPU);

        data.Train.Inputs.data<float>().ToArray().Distinct().Count().ShouldBe(data.Train.Rows + 2);
        data.Train.Targets.data<float>().ToArray().Distinct().Count().ShouldBe(data.Train.Rows);
        data.TargetScaling.Mean[0].ShouldBe(1700000003 + ((data.Train.Rows - 1) / 2.0), 1e-6);
    }

    [Fact]
    public void A_column_that_still_loses_its_differences_is_told_with_name_count_and_remedy()
    {
        var data = Load(Lines(100, i => i == 99 ? "1e15,b" : $"{i},{(i % 2 == 0 ? "a" : "b")}"), new SplitSpec());

        var warning = data.Warnings.Single(text => text.Contains("rescale it", StringComparison.Ordinal));
        warning.ShouldContain("column 'x' has 100 different numbers from 0 to 1000000000000000, of which single precision keeps");
        warning.ShouldContain("rescale it");
    }

    [Fact]
    public void Unscaled_large_numbers_are_told()
    {
        var data = Load(Lines(100, i => $"{1700000000 + i},{(i % 2 == 0 ? "a" : "b")}"), new SplitSpec(), new TableSpec
        {
            Scaling = ColumnScaling.None,
        });

        data.Warnings.ShouldHaveSingleItem().ShouldContain("scaling: standard");
    }

    [Fact]
    public void A_target_that_loses_its_differences_is_told()
    {
        var data = Load(
            Lines(100, i => i == 50 ? "50,1e15" : $"{i},{i}"), Numbers(new SplitSpec(TrainRows: new(0, 79), ValidationRows: new(80, 99))));

        data.Warnings.ShouldContain(text => text.Contains("the target 'y' has 80 different numbers", StringComparison.Ordinal));
        const string Place = "data.csv:52:4: the target 'y' holds 1000000000000000 in the training part";
        data.Warnings.ShouldContain(text => text.StartsWith(Place, StringComparison.Ordinal));
    }

    [Fact]
    public void Identifiers_beyond_double_precision_are_told()
    {
        var data = Load(
            Lines(100, i => FormattableString.Invariant($"{9007199254740993L + i},{(i % 2 == 0 ? "a" : "b")}")), new SplitSpec());

        data.Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("100 different numbers of 16 digits and more, of which double precision keeps 51 apart");
    }

    [Fact]
    public void Only_constant_columns_are_called_constant()
    {
        var data = Load(
            "big,same,x,label\n" + string.Concat(
                Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{1700000000 + i},0.1,{i},{(i % 2 == 0 ? "a" : "b")}\n"))),
            new SplitSpec(),
            header: false);

        data.Warnings.ShouldHaveSingleItem().ShouldContain("1 feature(s) are constant in the training part and carry nothing: same.");
        data.Train.Inputs.select(1, 1).data<float>().ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void A_threshold_is_compared_in_double_precision()
    {
        var rows = ((TableSamples)Read(Lines(4, i => i < 2 ? $"{i},0.1" : $"{i},0.2"), new SplitSpec(), new TableSpec
        {
            Threshold = 0.1,
        })).Table;

        rows.Answer.ClassLabels.ShouldBe(["at most 0.1", "above 0.1"]);
        rows.Answer.Classes.ShouldBe([0, 0, 1, 1]);
    }

    [Fact]
    public void A_model_predicts_large_targets_to_their_last_digits()
    {
        var file = Write(Lines(200, i => string.Create(CultureInfo.InvariantCulture, $"{i * 0.01},{1700000000 + i}")));
        var numbers = new DataSpec(file, "y", new SplitSpec(), Table: new() { Answer = TargetKind.Numbers });
        var plan = Trials.Plan(new ObjectiveSpec("val/mae", Direction.Minimize), data: numbers) with
        {
            Workload = new("mlp-regressor", ParameterValues.Empty),
        };

        var result = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 60), plan));

        var path = Path.Combine(_folder, "model.scm");
        File.WriteAllBytes(path, result.Artifacts.Files[ArtifactPaths.Model(Trials.Search, new TrialId(0))]);
        using var model = TrainedModel.Load(path);
        using var stream = File.OpenRead(file);
        var predictions = model.Predict(CsvTable.Read(stream, file));
        Enumerable.Range(0, 200).Average(i => Math.Abs(predictions[i, 0] - (1700000000 + i))).ShouldBeLessThan(10);
        Enumerable.Range(0, 200).Select(i => predictions[i, 0]).Distinct().Count().ShouldBeGreaterThan(150);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    private static (SplitSpec Split, TableSpec Table) Numbers(SplitSpec split) => (split, new TableSpec { Answer = TargetKind.Numbers });

    private DataSet Load(string content, (SplitSpec Split, TableSpec Table) how) => Load(content, how.Split, how.Table);

    private DataSet Load(string content, SplitSpec split, TableSpec? table = null, bool header = true)
    {
        TorchRuntime.Initialize();
        return DataSet.Create(Read(content, split, table, header), split, 1, CPU);
    }

    private Samples Read(string content, SplitSpec split, TableSpec? table, bool header = true) =>
        SampleReader.Read(new(Write(content, header), null, split, Table: table));

    private string Write(string content, bool header = true)
    {
        var file = Path.Combine(_folder, "data.csv");
        File.WriteAllText(file, (header && char.IsAsciiDigit(content[0]) ? "x,y\n" : "") + content);
        return file;
    }
}

using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data;

public sealed class DataSetTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_row_is_in_exactly_one_part(bool stratify)
    {
        var split = DataSplit.Create(Digits(), new SplitSpec(Stratify: stratify), 42);

        split.Train.Concat(split.Validation).Concat(split.Test).Order().ShouldBe(Enumerable.Range(0, 1797));
        split.Train.Length.ShouldBeInRange(1073, 1083);
        split.Validation.Length.ShouldBeInRange(354, 365);
    }

    [Fact]
    public void Each_class_keeps_its_share_within_one_row()
    {
        var samples = Digits();
        var classes = samples.Strata!;
        var split = DataSplit.Create(samples, new SplitSpec(), 42);

        for (var digit = 0; digit < 10; digit++)
        {
            var all = classes.Count(c => c == digit);
            Math.Abs(split.Train.Count(row => classes[row] == digit) - (0.6 * all)).ShouldBeLessThan(1);
            Math.Abs(split.Validation.Count(row => classes[row] == digit) - (0.2 * all)).ShouldBeLessThan(1);
            Math.Abs(split.Test.Count(row => classes[row] == digit) - (0.2 * all)).ShouldBeLessThan(1);
        }
    }

    [Fact]
    public void The_split_is_a_function_of_the_seed()
    {
        var samples = Digits();

        DataSplit.Create(samples, new SplitSpec(), 1).Test.ShouldBe(DataSplit.Create(samples, new SplitSpec(), 1).Test);
        DataSplit.Create(samples, new SplitSpec(), 2).Test.ShouldNotBe(DataSplit.Create(samples, new SplitSpec(), 1).Test);
    }

    [Fact]
    public void Normalisation_is_fitted_on_the_training_part_only()
    {
        double[] features = [1, 5, 3, 5, 1000, 7];

        var fitted = TablePreprocessing.Fit([new("a", null), new("b", null)], features, [0, 1], ColumnScaling.Standard, null);

        fitted.Mean.ShouldBe([2f, 5f]);
        fitted.Deviation.ShouldBe([1f, 1f]);
        TablePreprocessing.Constant(2, features, [0, 1]).ShouldBe([1]);
    }

    [Fact]
    public void The_digits_are_loaded_once_and_normalised()
    {
        TorchRuntime.Initialize();
        var cache = new DataSetCache();

        var data = cache.Get(Trials.Digits, 42, CPU);

        cache.Get(new DataSpec("digits", null, new SplitSpec()), 42, CPU).ShouldBeSameAs(data);
        cache.Get(Trials.Digits, 43, CPU).ShouldNotBeSameAs(data);
        data.Shape.ClassLabels.Count.ShouldBe(10);
        (data.Train.Rows + data.Validation.Rows + data.Test!.Rows).ShouldBe(1797);
        data.Train.Inputs.mean([0]).abs().max().item<float>().ShouldBeLessThan(1e-4f);
        data.Warnings.Single().ShouldContain("constant");
    }

    [Fact]
    public void Other_bytes_than_the_spec_asks_for_are_refused()
    {
        var refused = Should.Throw<DataException>(() => SampleReader.Read(Trials.Digits with { Sha256 = new string('0', 64) }));

        refused.Code.ShouldBe("SC3018");
    }

    [Fact]
    public void A_missing_file_is_told() =>
        Should.Throw<DataException>(() => new DataSetCache().Get(Trials.Digits with { Source = "/nowhere/x.csv" }, 1, CPU)).Code
            .ShouldBe("SC3000");

    private static Samples Digits() => SampleReader.Read(Trials.Digits);
}

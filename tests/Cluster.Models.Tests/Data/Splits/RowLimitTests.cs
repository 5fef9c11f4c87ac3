using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Tests.Data.Splits;

public sealed class RowLimitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("row-limit").FullName;

    [Fact]
    public void A_limit_takes_of_each_class_its_share_though_the_table_is_sorted()
    {
        // 600, 300, 99 and 1 rows, sorted by class.
        var samples = Read("x,y\n" + string.Concat(
            Enumerable.Range(0, 1000).Select(i => $"{i},{(i < 600 ? 'a' : i < 900 ? 'b' : i < 999 ? 'c' : 'd')}\n")), limit: 100);

        samples.Rows.ShouldBe(100);
        Enumerable.Range(0, 4)
            .Zip([60, 30, 9.9, 0.1])
            .ShouldAllBe(entry => Math.Abs(samples.Strata!.Count(k => k == entry.First) - entry.Second) <= 1);
        samples.Strata!.Count(k => k == 3).ShouldBe(1, "none is lost while the limit has room for each");
        var rows = ((TableSamples)samples).Table.Features;
        rows.ShouldBe([.. rows.Order()], "the rows stay in their order");
        rows.Max().ShouldBeGreaterThan(900);
    }

    [Fact]
    public void The_seed_decides_the_rows_and_a_smaller_limit_is_a_subset()
    {
        var table = "x,y\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},{(i < 250 ? 'a' : 'b')}\n"));
        double[] Rows(int limit, ulong seed) => ((TableSamples)Read(table, limit, seed)).Table.Features;

        Rows(50, 1).ShouldBe(Rows(50, 1));
        Rows(50, 1).ShouldNotBe(Rows(50, 2));
        Rows(50, 1).ShouldBeSubsetOf(Rows(120, 1));
    }

    [Fact]
    public void Numbers_are_drawn_from_the_whole_table()
    {
        var rows = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{i}\n"));

        var samples = (TableSamples)Read("x,y\n" + rows, limit: 200, table: new() { Answer = TargetKind.Numbers });

        samples.Table.Answer.Numbers.Average().ShouldBe(499.5, 60);
    }

    [Fact]
    public void The_limit_holds_for_each_part_that_the_data_bring()
    {
        File.WriteAllText(
            Path.Combine(_folder, "train.csv"),
            "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{(i < 50 ? 'a' : 'b')}\n")));
        File.WriteAllText(
            Path.Combine(_folder, "test.csv"),
            "x,y\n" + string.Concat(Enumerable.Range(100, 40).Select(i => $"{i},{(i < 120 ? 'a' : 'b')}\n")));

        var samples = SampleReader.Read(new(_folder, null, new SplitSpec(), Limit: 10), 1);

        (samples.Given!.Train.Length, samples.Given.Test.Length).ShouldBe((10, 10));
        samples.Given.Train.Count(row => samples.Strata![row] == 0).ShouldBe(5);
        samples.Given.Test.Count(row => samples.Strata![row] == 0).ShouldBe(5);
    }

    [Fact]
    public void Sorted_idx_files_give_all_classes()
    {
        byte[] labels = [.. Enumerable.Range(0, 40).Select(i => (byte)(i / 10))];
        File.WriteAllBytes(
            Path.Combine(_folder, "train-images-idx3-ubyte"),
            [0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, .. Enumerable.Range(0, 40).Select(i => (byte)i)]);
        File.WriteAllBytes(Path.Combine(_folder, "train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 40, .. labels]);

        var samples = (ImageSamples)SampleReader.Read(new(_folder, null, new SplitSpec(), Limit: 8), 1);

        Enumerable.Range(0, 4).Select(k => samples.Strata!.Count(c => c == k)).ShouldBe([2, 2, 2, 2]);
        samples.Pixels.ToArray().Select(pixel => pixel / 10).ShouldBe(samples.Strata!);
    }

    [Fact]
    public void A_share_of_the_training_part_keeps_rare_classes()
    {
        var file = Path.Combine(_folder, "rare.csv");
        File.WriteAllText(file, "x,y\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{(i < 990 ? 'a' : 'b')}\n")));
        SearchCluster.Models.Native.TorchRuntime.Initialize();
        var data = new DataSetCache().Get(new(file, null, new SplitSpec(0.8, 0.1, 0.1)), 1, TorchSharp.torch.CPU);

        var share = data.WithTrainingFraction(0.05, 1);

        share.TrainClassCounts().ShouldBe([39, 1]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Samples Read(string content, int limit, ulong seed = 1, TableSpec? table = null)
    {
        var file = Path.Combine(_folder, "data.csv");
        File.WriteAllText(file, content);
        return SampleReader.Read(new(file, null, new SplitSpec(), limit, Table: table), seed);
    }
}

using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data.Splits;

public sealed class GroupedSplitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grouped-split").FullName;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void No_group_is_in_two_parts_and_sizes_and_classes_come_near_the_shares(ulong seed)
    {
        var samples = Patients(40);

        var split = DataSplit.Create(samples, By, seed);

        ShouldNotOverlap(samples, split.Train, split.Validation, split.Test);
        (split.Train.Length + split.Validation.Length + split.Test.Length).ShouldBe(samples.Rows);
        (split.Train.Length / (double)samples.Rows).ShouldBe(0.6, 0.06);
        (split.Validation.Length / (double)samples.Rows).ShouldBe(0.2, 0.06);
        split.Validation.Average(row => samples.Strata![row]).ShouldBe(samples.Strata!.Average(), 0.15);
    }

    [Fact]
    public void Folds_keep_groups_together_and_cover_every_row_once()
    {
        var samples = Patients(12);

        var folds = Enumerable.Range(0, 5)
            .Select(fold => DataSplit.Create(samples, new SplitSpec(Folds: 5, Fold: fold, GroupBy: "patient"), 1))
            .ToList();

        folds.SelectMany(fold => fold.Validation).Order().ShouldBe(Enumerable.Range(0, samples.Rows));
        folds.ForEach(fold => ShouldNotOverlap(samples, fold.Train, fold.Validation));
    }

    [Fact]
    public void Leaving_one_out_leaves_one_group_out()
    {
        var samples = Patients(6);
        var spec = new SplitSpec(Folds: SplitSpec.LeaveOneOut, GroupBy: "patient");

        DataSplit.FoldsOf(samples, spec).ShouldBe(6);
        DataSplit.Create(samples, spec with { Fold = 2 }, 1).Validation
            .Select(row => samples.Groups!.Of[row])
            .Distinct()
            .Count()
            .ShouldBe(1);
    }

    [Fact]
    public void The_group_is_no_feature_unless_the_spec_says_so()
    {
        ((TableSamples)Patients(6)).Table.Columns.Select(column => column.Name).ShouldBe(["x"]);
        ((TableSamples)Patients(6, new TableSpec
        {
            Features = ["x", "patient"],
        })).Table.Columns.Select(column => column.Name).ShouldBe(["x", "patient"]);
    }

    [Fact]
    public void Too_few_groups_are_refused()
    {
        var refused = Should.Throw<DataException>(() => DataSplit.Create(Patients(2), By, 1));

        refused.Code.ShouldBe("SC3251");
        refused.Message.ShouldContain("column 'patient' has 2 group(s), too few for 3 parts");
        DataSplit.Create(Patients(2), By with { Train = 0.5, Validation = 0.5, Test = 0 }, 1).Test.ShouldBeEmpty();
        Should.Throw<DataException>(() => DataSplit.Create(Patients(3), new SplitSpec(Folds: 5, GroupBy: "patient"), 1)).Message
            .ShouldContain("too few for 5 folds");
    }

    [Fact]
    public void Parts_that_come_with_the_data_must_not_share_a_group()
    {
        File.WriteAllText(
            Path.Combine(_folder, "train.csv"),
            "x,patient,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},p{i / 4},{"ab"[i % 2]}\n")));
        File.WriteAllText(Path.Combine(_folder, "test.csv"), "x,patient,y\n1,p9,a\n2,p3,b\n");

        var refused = Should.Throw<DataException>(() => DataSplit.Create(SampleReader.Read(new(_folder, null, By)), By, 1));

        refused.Code.ShouldBe("SC3250");
        refused.Message.ShouldContain("1 group(s) of column 'patient'");
        refused.Message.ShouldContain("'p3'");
    }

    [Fact]
    public void Named_rows_must_not_share_a_group() =>
        Should.Throw<DataException>(
            () => DataSplit.Create(Patients(6), By with { TrainRows = new(0, 5), ValidationRows = new(6, 20) }, 1)).Code
            .ShouldBe("SC3250");

    [Theory]
    [InlineData("y", "which is the target")]
    [InlineData("nobody", "has no column 'nobody'. Its 3 columns: x, patient, y.")]
    [InlineData("patent", "did you mean 'patient'")]
    public void A_group_that_is_no_group_is_refused(string column, string message) =>
        Should.Throw<DataException>(() => Patients(6, groupBy: column)).Message.ShouldContain(message);

    [Fact]
    public void Ensembles_of_folds_and_bags_know_the_groups_of_their_rows()
    {
        TorchRuntime.Initialize();
        var samples = Patients(12);
        var data = DataSet.Create(samples, By, 1, TorchSharp.torch.CPU);

        data.PoolGroups!.Length.ShouldBe(data.Train.Rows + data.Validation.Rows);
        data.PoolGroups.Take(data.Train.Rows).Intersect(data.PoolGroups.Skip(data.Train.Rows)).ShouldBeEmpty();
    }

    [Fact]
    public void Images_are_grouped_by_a_pattern_of_their_paths()
    {
        ValueArray<string> paths = ["cats/p1_a.png", "cats/p1_b.png", "dogs/p2_a.png"];

        ImageGroups.Of("set", paths, "(p[0-9]+)_")!.Of.ShouldBe([0, 0, 1]);
        Should.Throw<DataException>(() => ImageGroups.Of("set", paths, "(p1)_")).Message.ShouldContain("dogs/p2_a.png does not fit");
        Should.Throw<DataException>(() => ImageGroups.Of("set", paths, "p1_")).Message.ShouldContain("0 pair(s) of brackets");
        Should.Throw<DataException>(() => ImageGroups.Of("set", paths, "(p1")).Code.ShouldBe("SC3252");
        Should.Throw<DataException>(() => ImageGroups.Of("set", null, "(p)")).Code.ShouldBe("SC3252");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SplitSpec By { get; } = new(GroupBy: "patient");

    private static void ShouldNotOverlap(Samples samples, params int[][] parts)
    {
        var groups = parts.Select(part => part.Select(row => samples.Groups!.Of[row]).ToHashSet()).ToList();
        groups.Sum(part => part.Count).ShouldBe(groups.SelectMany(part => part).Distinct().Count());
        groups.ShouldAllBe(part => part.Count > 0);
    }

    // Patients have 1 to 7 rows; every third one is ill.
    private Samples Patients(int count, TableSpec? table = null, string groupBy = "patient")
    {
        var file = Path.Combine(_folder, "patients.csv");
        File.WriteAllText(
            file,
            "x,patient,y\n" + string.Concat(Enumerable.Range(0, count).SelectMany(
                p => Enumerable.Range(0, 1 + (p * 5 % 7)).Select(i => $"{(p * 10) + i},p{p},{(p % 3 == 0 ? "ill" : "well")}\n"))));
        return SampleReader.Read(new(file, null, new SplitSpec(GroupBy: groupBy), Table: table));
    }
}

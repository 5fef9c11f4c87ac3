using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Tests.Data;

public sealed class NamedRowsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-rows-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SplitSpec Named { get; } = new(TrainRows: new(0, 9), ValidationRows: new(10, 14), TestRows: new(15, 19));

    [Fact]
    public void Rows_are_named_by_their_numbers_in_the_file()
    {
        // Of twenty rows every fourth has an empty field.
        var samples = (TableSamples)SampleReader.Read(Spec(Named) with { Table = new() { Missing = MissingPolicy.Drop } });

        var split = DataSplit.Create(samples, Named, 1);

        double[] First(int[] rows) => [.. rows.Select(row => samples.Table.Features[row * 2])];
        First(split.Train).ShouldBe([1, 2, 3, 5, 6, 7, 9]);
        First(split.Validation).ShouldBe([10, 11, 13, 14]);
        First(split.Test).ShouldBe([15, 17, 18, 19]);
        split.Warn(samples, Named).ShouldHaveSingleItem().ShouldContain("of the 20 rows that data.split names by their numbers in the "
            + "file, 5 are not used, because data.missing or data.limit leaves them out: 7 are left to train, 4 to validate, 4 to test");
    }

    [Fact]
    public void A_limit_does_not_shift_them()
    {
        var samples = (TableSamples)SampleReader.Read(Spec(Named) with { Table = new() { Missing = MissingPolicy.Mean }, Limit = 12 }, 1);

        var split = DataSplit.Create(samples, Named, 1);

        split.Train.Select(row => samples.Table.Features[(row * 2) + 1]).ShouldAllBe(number => number < 10);
        split.Test.Select(row => samples.Table.Features[(row * 2) + 1]).ShouldAllBe(number => number >= 15);
        (split.Train.Length + split.Validation.Length + split.Test.Length).ShouldBe(12);
    }

    [Fact]
    public void A_number_beyond_the_file_is_told_with_the_rows_of_the_file()
    {
        var beyond = Named with { TestRows = new(15, 20) };
        var samples = SampleReader.Read(Spec(beyond) with { Table = new() { Missing = MissingPolicy.Drop } });

        var refused = Should.Throw<DataException>(() => DataSplit.Create(samples, beyond, 1));

        refused.Message.ShouldContain("has 20 rows, numbered from 0, but data.split names rows 15-20");
        refused.Code.ShouldBe(DataCodes.Split);
    }

    [Fact]
    public void Rows_of_two_parts_are_named()
    {
        var both = Named with { TestRows = new(13, 19) };
        var samples = SampleReader.Read(Spec(both) with { Table = new() { Missing = MissingPolicy.Drop } });

        Should.Throw<DataException>(() => DataSplit.Create(samples, both, 1)).Message.ShouldContain(
            "validationRows and testRows share 2 row(s), from 13 to 14; a row can be in one part only");
    }

    [Theory]
    [InlineData(1e-170)]
    [InlineData(1e-310)]
    [InlineData(1e-50)]
    [InlineData(1)]
    [InlineData(1e30)]
    public void Numbers_of_any_size_are_scaled(double unit)
    {
        double[] values = [.. Enumerable.Range(1, 120).Select(i => i * unit)];

        var scale = NumberScale.Of(values);

        var scaled = values.Select(value => (double)scale.Apply(value)).ToList();
        scaled.Average().ShouldBe(0, 1e-3);
        Math.Sqrt(scaled.Average(value => value * value)).ShouldBe(1, 1e-3);
        scaled.Distinct().Count().ShouldBe(120);
        LostDifferences.Tell("x", values, scale, "").ShouldBeNull();
    }

    private DataSpec Spec(SplitSpec split)
    {
        var path = Path.Combine(_folder, "t.csv");
        File.WriteAllLines(path, ["a,n,y", .. Enumerable.Range(0, 20).Select(i => $"{(i % 4 == 0 ? "" : $"{i}")},{i},{i % 2}")]);
        return new(path, null, split);
    }
}

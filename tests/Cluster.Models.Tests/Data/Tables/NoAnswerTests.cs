using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data.Tables;

public sealed class NoAnswerTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("searchcluster-none-").FullName, "t.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void All_columns_are_inputs_however_many_values_the_last_one_has()
    {
        var data = Create("a,b,c", i => FormattableString.Invariant($"{i},{i % 7},{i * 1.5}"));

        data.Shape.Columns.ShouldBe(["a", "b", "c"]);
        data.Shape.Describe().ShouldBe("3");
        data.Shape.ClassColumn.ShouldBeNull();
        (data.Train.Rows + data.Validation.Rows + data.Test!.Rows).ShouldBe(100);
        data.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no", "3 different texts may be classes; data.target: c leaves it out, data.types: { c: category }")]
    [InlineData("", "3 different whole numbers may be classes; data.target: c leaves it out, data.types: { c: number }")]
    public void A_last_column_that_looks_like_a_class_is_told(string prefix, string told) =>
        Create("a,b,c", i => FormattableString.Invariant($"{i},{i * 1.5},{prefix}{i % 3}")).Warnings
            .ShouldHaveSingleItem().ShouldContain(told);

    [Fact]
    public void Dates_are_written_back_as_dates()
    {
        var data = Create("day,x", i => FormattableString.Invariant($"2020-{1 + (i % 12):D2}-{1 + (i % 28):D2},{i * 1.5}"));
        var table = (TablePreprocessing)data.Preprocessing;

        table.DateOf("day", 18_595.82).ShouldBe("2020-11-29 19:40");
        table.DateOf("day", 18_597).ShouldBe("2020-12-01");
        table.DateOf("x", 18_596).ShouldBeNull();
    }

    [Fact]
    public void One_column_is_refused() =>
        Should.Throw<DataException>(() => Create("a", i => $"{i}")).Message.ShouldContain("has one column, but at least two are needed");

    private DataSet Create(string header, Func<int, string> row)
    {
        File.WriteAllLines(_file, Enumerable.Range(0, 100).Select(row).Prepend(header));
        TorchRuntime.Initialize();
        return DataSet.Create(
            SampleReader.Read(new(_file, null, new(), Table: new() { NoAnswer = true })), new(), 0, TorchSharp.torch.CPU);
    }
}

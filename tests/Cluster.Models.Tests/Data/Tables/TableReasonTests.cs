using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>What is said of a table names what is the reason, and nothing that is not.</summary>
public sealed class TableReasonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-reasons-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("holdout.csv")]
    [InlineData("training.csv")]
    [InlineData("more/extra.tsv")]
    public void A_table_beside_those_of_the_parts_is_told(string name)
    {
        foreach (var part in (string[])["train.csv", "test.csv", name])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, part))!);
            File.WriteAllText(Path.Combine(_folder, part), "a,y\n1,x\n2,z\n");
        }

        File.WriteAllText(Path.Combine(_folder, "licence.md"), "free");
        var samples = (TableSamples)SampleReader.Read(new(_folder, null, new SplitSpec()));

        samples.Rows.ShouldBe(4);
        samples.Table.Warnings.ShouldHaveSingleItem().ShouldContain(
            $"1 table(s) beside train.csv, test.csv are not read: {name}; tables of parts are named");
    }

    [Theory]
    [InlineData("a,y\n1,NA\n2,NA\n", MissingPolicy.Mean, "t.csv has no data rows left: none has an answer in column 'y', and rows without "
        + "one are left out")]
    [InlineData(
        "a,y\n,1\n,2\n5,NA\n",
        MissingPolicy.Drop,
        "none of the 1 without an empty field has an answer in column 'y'")]
    [InlineData(
        "a,b,y\n,,1\n,3,2\n",
        MissingPolicy.Drop,
        "each has an empty field, and data.missing: drop leaves such rows out; most are in column 'a' (2 of 2), which data.exclude leaves "
            + "out.")]
    public void Why_no_row_is_left_is_told(string text, MissingPolicy policy, string reason) =>
        Should.Throw<DataException>(() => Rows(text, new() { Missing = policy, Answer = TargetKind.Numbers })).Message
            .ShouldContain(reason);

    [Fact]
    public void A_limit_that_leaves_one_class_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "t.csv"), "a,y\n1,lo\n2,hi\n3,lo\n4,hi\n");

        var spec = new DataSpec(Path.Combine(_folder, "t.csv"), null, new SplitSpec(), Limit: 1);
        Should.Throw<DataException>(() => SampleReader.Read(spec, 1)).Message
            .ShouldMatch("^t.csv: of 4 rows data.limit and data.missing leave 1, which has the label '(lo|hi)' in column 'y', but at least "
                + "two");
        Should.Throw<DataException>(() => Rows("a,y\n1,lo\n2,lo\n", new())).Message.ShouldStartWith("t.csv: all rows have the label 'lo'");
    }

    [Fact]
    public void Rows_without_any_answer_are_no_rows_to_score()
    {
        var learned = Rows("a,y\n1,5\n2,6\n", new() { Missing = MissingPolicy.Mean, Answer = TargetKind.Numbers }).Reading;
        var columns = new TablePreprocessing(["a"], [0], [1], [1.5]) { Reading = learned };
        var table = CsvTable.Read(new MemoryStream("a,y\n1,NA\n2,NA\n"u8.ToArray()), "na.csv", learned);

        Should.Throw<DataException>(() => ScoredRows.Of(table, columns, new([1], TargetKind.Numbers, ["a"], [], ["y"]))).Message
            .ShouldStartWith("na.csv has no data rows left: none has an answer in column 'y'");
    }

    private static TableRows Rows(string text, TableSpec spec) =>
        TableRows.From(CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", CsvOptions.Of(spec)), null, spec);
}

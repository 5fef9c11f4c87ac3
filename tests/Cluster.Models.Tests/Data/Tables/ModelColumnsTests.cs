using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>New rows are mapped to the columns of a model as the training table's were.</summary>
public sealed class ModelColumnsTests
{
    private const string Headerless = "3,13.08,2.46,20.26\n1,14.31,2.11,17.04\n2,11.53,1.87,20.7\n";

    [Theory]
    [InlineData("0", null)]
    [InlineData("2", null)]
    [InlineData("3", null)]
    [InlineData("0", "1")]
    [InlineData("3", "0")]
    [InlineData("1", "2")]
    public void Without_a_header_columns_keep_their_places(string target, string? excluded)
    {
        var rows = Rows(Headerless, target, excluded);
        var learned = Learned(rows);
        double[] expected = [.. rows.Features];
        int[] kept = [.. Enumerable.Range(0, 4).Where(column => $"{column}" != target)];

        Select(Headerless, learned).ShouldBe(expected, "the training file itself");
        Select(Pick(Headerless, kept), learned).ShouldBe(expected, "without the answer");
        Select(Pick(Headerless, [.. kept.Where(column => $"{column}" != excluded)]), learned).ShouldBe(expected, "the features alone");
    }

    [Fact]
    public void Another_number_of_columns_is_refused()
    {
        var learned = Learned(Rows(Headerless, "0", null));

        var refused = Should.Throw<DataException>(() => Select("1,2\n", learned));

        (refused.Code, refused.Message).ShouldBe(
            ("SC4120", "t.csv has 2 columns without a header, but the model learned from a table of 4 (0, 1, 2, 3); give all of them, "
                + "those without 0, or just its 3 features."));
        Should.Throw<DataException>(() => Select("1,2,3,4,5\n", learned)).Code.ShouldBe("SC4120");
    }

    [Fact]
    public void Rows_that_may_lack_another_column_than_the_answer_are_told_or_not_evaluated()
    {
        var learned = Learned(Rows(Headerless, "2", "0"));
        var table = CsvTable.Read(Stream(Pick(Headerless, [0, 1, 3])), "t.csv", learned.Reading);

        table.Select(learned).Cast<double>().Take(2).ShouldBe([13.08, 20.26]);

        table.Warnings
            .ShouldHaveSingleItem()
            .ShouldBe(
                "t.csv has 3 columns, which are taken for those that the model learned from without its answer 2. They could as well be "
                    + "its features and its answer without 0, and then all answers are wrong: give all 4 columns, or just the 2 features "
                    + "(1, 3).");
        var refused = Should.Throw<DataException>(
            () => TableTruth.Labels(table, DataShape.OfTable(["1", "3"], ["2.46", "2.11"]), "2", learned.Reading));
        (refused.Code, refused.Message).ShouldBe(
            ("SC4120", "t.csv has 3 columns without a header, but the model learned from a table of 4; to be compared with its answers, "
                + "rows need all of them: 0, 1, 2, 3."));
    }

    [Fact]
    public void Lines_that_were_left_out_before_the_training_table_are_missed_where_they_are_not()
    {
        var named = Learned(Rows("my,own,notes,here\na,b,c\n1,2,x\n3,4,y\n", null, null, new() { SkipLines = 1 }));
        Select("my,own,notes,here\nb,a\n2,1\n", named).ShouldBe([1, 2]);
        Select("b,a\n2,1\n4,3\n", named).ShouldBe([1, 2, 3, 4], "the header is in the first line");

        var numbered = Learned(Rows("569,30,no\n1.5,2.5,x\n3.5,4.5,y\n", null, null, new() { SkipLines = 1 }));
        CsvTable.Read(Stream("569,30,no\n1.5,2.5,x\n"), "t.csv", numbered.Reading).Warnings.ShouldHaveSingleItem();
        CsvTable.Read(Stream("1.5,2.5\n3.5,4.5\n"), "t.csv", numbered.Reading).Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("the last of them looks like a row", Case.Sensitive, "as one did in training, so nothing tells");
        CsvTable.Read(Stream("notes\n1.5,2.5\n3.5,4.5\n"), "t.csv", numbered.Reading).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_series_without_header_has_no_rows_without_its_answer()
    {
        var learned = new TableReading(false, ["0", "1", "2"], ["2"], ",");

        Should.Throw<DataException>(() => CsvTable.Read(Stream("1.5,2.5\n"), "t.csv", learned).Select(["2"], learned)).Code
            .ShouldBe("SC4120");
        CsvTable.Read(Stream("1.5,2.5,3.5\n"), "t.csv", learned).Select(["2"], learned).Cast<double>().ShouldBe([3.5]);
    }

    [Fact]
    public void With_a_header_columns_are_found_by_name_in_any_order_beside_others()
    {
        var learned = Learned(Rows("a,b,c\n1,2,x\n3,4,y\n", null, null));

        Select("note,b,a\nhello,2,1\n", learned).ShouldBe([1, 2]);
        Should.Throw<DataException>(() => Select("b,z\n2,1\n", learned)).Message
            .ShouldBe("t.csv lacks the column(s) a; the model expects a, b, the file has b, z.");
        Should.Throw<DataException>(() => Select("x,z\n2,1\n", learned)).Message.ShouldContain("lacks the column(s) a, b");
    }

    [Fact]
    public void Rows_without_the_header_of_the_training_table_are_taken_by_place_which_is_told()
    {
        var learned = Learned(Rows("c,a,b\nx,1,2\ny,3,4\n", "c", null));
        var table = CsvTable.Read(Stream("5,6\n7,8\n"), "t.csv", learned.Reading);

        table.Select(learned).Cast<double>().ShouldBe([5, 6, 7, 8]);

        table.Warnings.ShouldHaveSingleItem().ShouldBe(
            "t.csv has no header, though the model learned from a table with one: its columns are taken by their places as a, b.");
    }

    [Fact]
    public void Rows_without_that_header_that_may_lack_another_column_than_the_answer_are_told()
    {
        var learned = Learned(Rows("id,a,b,c\n7,1,2,x\n8,3,4,y\n", "c", "id"));
        var table = CsvTable.Read(Stream("5,6,7\n7,8,9\n"), "t.csv", learned.Reading);

        table.Select(learned).Cast<double>().ShouldBe([6, 7, 8, 9]);

        table.Warnings.ShouldHaveSingleItem().ShouldEndWith(
            "as a, b. They could as well be its features and its answer without id, and then all answers are wrong: give all 4 columns, or "
                + "just the 2 features (a, b).");
    }

    [Fact]
    public void A_header_of_numbers_that_the_model_knows_is_no_row()
    {
        var learned = Learned(Rows("2019,2020,class\n1.5,2.5,a\n3.5,4.5,b\n", null, null, new() { Header = true }));

        Select("2020,2019\n5.5,6.5\n", learned).ShouldBe([6.5, 5.5]);
        Select("0,1,2,3\n" + Headerless, Learned(Rows(Headerless, "0", null))).Length.ShouldBe(
            9, "what pandas writes for a table without names");
    }

    [Fact]
    public void One_new_row_of_texts_is_no_header()
    {
        var learned = Learned(Rows("x,s,p\ny,t,e\nx,t,p\n", null, null, new() { Header = false }));

        Select("x,t\n", learned).ShouldBe([0, 1]);
    }

    [Fact]
    public void A_model_that_does_not_know_its_table_goes_by_the_numbers_of_its_columns()
    {
        var old = new TablePreprocessing(["1", "2"], [0, 0], [1, 1]);

        CsvTable.Read(Stream("9,1.5,2.5\n"), "t.csv").Select(old).Cast<double>().ShouldBe([1.5, 2.5]);
        CsvTable.Read(Stream("1.5,2.5\n"), "t.csv").Select(old).Cast<double>().ShouldBe([1.5, 2.5]);
    }

    [Fact]
    public void A_missing_answer_is_told_with_its_place()
    {
        var table = CsvTable.Read(Stream("a,c\n1,x\n2,NA\n"), "t.csv");

        Should.Throw<DataException>(() => TableTruth.Labels(table, DataShape.OfTable(["a"], ["x", "y"]), "c")).Message
            .ShouldStartWith("t.csv:3:3: the label is 'NA', a missing answer");
    }

    private static double[] Select(string text, TablePreprocessing learned) =>
        [.. CsvTable.Read(Stream(text), "t.csv", learned.Reading).Select(learned).Cast<double>()];

    private static TablePreprocessing Learned(TableRows rows) =>
        TablePreprocessing.Fit(
            rows.Columns,
            rows.Features,
            [.. Enumerable.Range(0, rows.Features.Length / rows.Columns.Length)],
            ColumnScaling.None,
            null) with
        {
            Reading = rows.Reading,
        };

    private static TableRows Rows(string text, string? target, string? excluded, TableSpec? spec = null)
    {
        var asked = (spec ?? new()) with { Exclude = excluded is null ? null : [excluded] };
        return TableRows.From(CsvTable.Read(Stream(text), "t.csv", CsvOptions.Of(asked)), target, asked, null);
    }

    private static string Pick(string text, int[] columns) => string.Concat(text
        .TrimEnd()
        .Split('\n')
        .Select(row => row.Split(','))
        .Select(row => string.Join(',', columns.Select(column => row[column])) + "\n"));

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}

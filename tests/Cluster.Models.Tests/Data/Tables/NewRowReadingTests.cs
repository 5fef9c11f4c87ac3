using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>New rows that are written otherwise than the table of the training: no row is lost, none is made of a header.</summary>
public sealed class NewRowReadingTests
{
    private const string Numbered = "6.2,-0.1\n5.3,-1.8\n2.5,0.6\n";

    [Fact]
    public void A_line_that_training_left_out_takes_no_row_with_it()
    {
        var learned = Learned("178,13,a,b,c\n1.5,2.5,x\n3.5,4.5,y\n", new() { SkipLines = 1, Header = false });

        var refused = Should.Throw<DataException>(() => Read("1.5,2.5,x\n3.5,4.5,y\n", learned));
        refused.Code.ShouldBe("SC3214");
        refused.Message.ShouldContain("say --skip-lines 0");
        Read("1.5,2.5,x\n3.5,4.5,y\n", learned, new() { SkipLines = 0 }).Rows.ShouldBe(2);
        Read("178,13,a,b,c\n1.5,2.5,x\n3.5,4.5,y\n", learned).Warnings.ShouldBeEmpty();
        Read("1.5,,x\n3.5,4.5,y\n9,9,y\n", learned, new() { SkipLines = 1 }).Warnings.ShouldBeEmpty("it was said");
        Should.Throw<DataException>(() => Read("1.5,,x\n3.5,4.5,y\n", learned)).Code.ShouldBe("SC3214", "an empty field tells nothing");
    }

    [Fact]
    public void A_line_that_is_left_out_of_the_training_and_looks_like_a_row_is_told() =>
        Table("1.5,2.5,x\n3.5,4.5,y\n5.5,6.5,x\n", new() { SkipLines = 1, Header = false }).Warnings.ShouldHaveSingleItem()
            .ShouldContain("the last of them looks like a row; if it is one, correct data.skipLines");

    [Fact]
    public void A_header_of_numbers_is_no_row_to_a_model_of_rows_without_one()
    {
        var learned = Learned("6.2,-0.1,hi\n5.3,-1.8,hi\n2.5,0.6,lo\n4.4,1.1,lo\n", new() { Header = false });

        Should.Throw<DataException>(() => Read("0,1\n" + Numbered, learned)).Code.ShouldBe("SC3210");
        Read("0,1\n" + Numbered, learned, new() { Header = true }).Rows.ShouldBe(3);
        Read("0,1\n" + Numbered, learned, new() { Header = false }).Rows.ShouldBe(4);
        Read("0,1,2\n6.2,-0.1,hi\n", learned).Rows.ShouldBe(1);
        Read("0,1\n0,1\n1,1\n", learned).Rows.ShouldBe(3, "rows of such numbers are there");
    }

    [Fact]
    public void A_header_of_numbers_stays_one_for_a_model_that_learned_from_it()
    {
        var learned = Learned("0,1,2\n6.2,-0.1,hi\n5.3,-1.8,hi\n2.5,0.6,lo\n4.4,1.1,lo\n");

        learned.HasHeader.ShouldBeTrue();
        Read("0,1\n" + Numbered, learned).Rows.ShouldBe(3);
        Read("1,0\n-0.1,6.2\n", learned).Select(new(["0", "1"], [], []) { Reading = learned }).Cast<double>().ShouldBe([6.2, -0.1]);
        Should.Throw<DataException>(() => Read("0,1\n1,0\n0,0\n1,1\n", learned)).Code.ShouldBe("SC3210", "it may be a row");
        Should.Throw<DataException>(() => Read("0,1\n0,1\n1,0\n", learned)).Code.ShouldBe("SC3210", "rows are the same");
    }

    [Fact]
    public void What_is_said_of_numbers_dates_and_empty_fields_counts_before_the_training()
    {
        var learned = LearnedDates();
        var columns = new TablePreprocessing(["a", "d"], [0, 0], [1, 1], [7, 7]) { Reading = learned };

        var rows = Read("a;d\n1,5;26.12.2020\nnone given;27.12.2020\n", learned, new()
        {
            Decimal = ",",
            Dates = new([KeyValuePair.Create("d", DateOrder.DayFirst)]),
            MissingTexts = ["none given"],
        }).Select(columns);

        rows.Cast<double>().ShouldBe([1.5, 18622, double.NaN, 18623]);
    }

    [Theory]
    [InlineData("a,d\nNaN,2020-12-26\n", "The model fills empty fields, but did not learn that 'NaN' means one: leave the field empty, or "
        + "say --missing-text NaN.")]
    [InlineData("a,d\n1.5,26.12.2020\n", "The model reads this column as dates, year first, such as 2020-12-26; write all of them alike, "
        + "or say --dates COLUMN=day-first.")]
    [InlineData("a;d\n947,83;2020-12-26\n", "It looks like a decimal comma, but the model reads numbers with a decimal point: if all of "
        + "the file have one, say --decimal ,")]
    [InlineData("a,d\n1e400,2020-12-26\n", "column 'a' holds 1e400, which is outside ±3.4e38")]
    public void A_field_that_a_model_cannot_read_is_refused_with_the_reason(string text, string reason)
    {
        var learned = LearnedDates();
        var columns = new TablePreprocessing(["a", "d"], [0, 0], [1, 1], [7, 7]) { Reading = learned };

        Should.Throw<DataException>(() => Read(text, learned).Select(columns)).Message.ShouldContain(reason);
    }

    private static TableReading LearnedDates() => Learned(
        "a,d,y\n1.5,2020-12-26,1\n2.5,2020-12-27,2\n", new() { Answer = TargetKind.Numbers, Missing = MissingPolicy.Mean });

    private static TableReading Learned(string text, TableSpec? spec = null) => TableRows.From(Table(text, spec), null, spec).Reading!;

    private static CsvTable Table(string text, TableSpec? spec) => CsvTable.Read(Stream(text), "t.csv", CsvOptions.Of(spec));

    private static CsvTable Read(string text, TableReading learned, TableSpec? said = null) =>
        CsvTable.Read(Stream(text), "t.csv", learned, said);

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}

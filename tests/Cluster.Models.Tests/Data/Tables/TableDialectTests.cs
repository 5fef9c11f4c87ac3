using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>Separators, quotes, line ends and what stands before a table.</summary>
public sealed class TableDialectTests
{
    public static TheoryData<string, string> Dialects { get; } = new()
    {
        { "comma", "a,b,c\n1,2,x\n3,4,y\n" },
        { "semicolon", "a;b;c\n1;2;x\n3;4;y\n" },
        { "tab", "a\tb\tc\n1\t2\tx\n3\t4\ty\n" },
        { "pipe", "a|b|c\n1|2|x\n3|4|y\n" },
        { "blanks", "  a   b c\n 1 2   x\n3\t4  y  \n" },
        { "Excel's line", "sep=;\na;b;c\n1;2;x\n3;4;y\n" },
        { "Excel's line in quotes, for a tab", "\uFEFF\"sep=\t\"\r\na\tb\tc\r\n1\t2\tx\r\n3\t4\ty\r\n" },
        { "blank first lines", "\n  \n\na,b,c\n1,2,x\n3,4,y\n" },
        { "byte order mark and blank lines", "\uFEFF\r\n\r\na,b,c\r\n1,2,x\r\n3,4,y" },
        { "carriage returns alone", "a,b,c\r1,2,x\r3,4,y\r" },
        { "quotes after a blank", "a, \"b\", c\n1, \"2\" , \"x\"\n3, \"4\", \"y\"\n" },
        { "a separator inside a quoted header", "\"a\";\"b\";\"c\"\n1;2;\"x\"\n3;4;\"y\"\n" },
        { "lines of blanks between rows", "a,b,c\n1,2,x\n   \n3,4,y\n\t\n" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Each_dialect_is_read(string what, string text)
    {
        var table = Read(text);

        table.Columns.ShouldBe(["a", "b", "c"], what);
        table.Numbers(["a", "b"]).Cast<double>().ShouldBe([1, 2, 3, 4], what);
        table.Texts("c").ShouldBe(["x", "y"], what);
        table.Warnings.ShouldBeEmpty(what);
    }

    [Fact]
    public void Separators_inside_quotes_separate_nothing()
    {
        Read("\"a,b\";\"c,d\"\n\"1,5\";\"x;y\"\n\"2,5\";\"z\"\n").Columns.ShouldBe(["a,b", "c,d"]);
        Read("a;b,c\n1;2,3\n", new() { Separator = ";" }).Columns.ShouldBe(["a", "b,c"]);
        Read("a, \"b\" c, d\n\"x\",\"y\",z\n", new() { Header = true }).Columns.ShouldBe(["a", "\"b\" c", "d"]);
    }

    [Fact]
    public void Decimal_commas_between_semicolons_are_not_separators()
    {
        Read("1,5;2,5\n3,5;4,5\n").Columns.Count.ShouldBe(2);
        Read("value\n1,5\n2,5\n3,25\n").Columns.ShouldBe(["value"]);
    }

    [Fact]
    public void Nobody_guesses_between_two_separators()
    {
        var refused = Should.Throw<DataException>(() => Read("a;b,c\nd;e,f\n"));

        (refused.Code, refused.Message).ShouldBe(
            ("SC3211", "t.csv: its fields may be separated by ',' or by ';', each gives all lines the same number of fields; say "
                + "data.separator."));
    }

    [Theory]
    [InlineData(
        "a,b,c\n1,2,x\n3,4\n5,6,y\n7,8,z\n1,2,x\n",
        "SC3002",
        "t.csv:3:1: the row has 2 fields, but expected 3 as in the first line. Fields are separated by ','")]
    [InlineData(
        "Results of May\na,b,c\n1,2,x\n3,4,y\n5,6,z\n7,8,x\n",
        "SC3002",
        "t.csv:2:1: the row has 3 fields, but expected 1 as in the first line. Lines before the table are left out with data.skipLines.")]
    [InlineData("a,b\n1,\"x\" y\n", "SC3003", "t.csv:2:6: text follows a closing quote")]
    [InlineData("a,b\r1,x\r2,\"y\r3,z\r", "SC3003", "t.csv:3:3: the quote that opens here is never closed")]
    [InlineData(
        ",a,b\n0,1,x\n1,2,y\n",
        "SC3006",
        "t.csv:1:1: column 1 of the header has no name. If it is the index that pandas writes, save the table with index=False.")]
    [InlineData("PK\u0003\u0004......", "SC3213", "is an Excel workbook or another zip archive")]
    [InlineData("<!DOCTYPE html>\n<p>Not found", "SC3213", "is a web page, perhaps that of a download")]
    public void What_cannot_be_read_is_refused_with_its_place_and_reason(string text, string code, string essence)
    {
        var refused = Should.Throw<DataException>(() => Read(text));

        refused.Code.ShouldBe(code);
        refused.Message.ShouldContain(essence);
    }

    [Fact]
    [Trait("Promise", "S05")]
    public void A_pickle_is_called_one()
    {
        var refused = Should.Throw<DataException>(() => CsvTable.Read(new MemoryStream([0x80, 4, 0x95, 0, 0, 0]), "t.csv"));

        (refused.Code, refused.Message).ShouldBe(
            ("SC3213", "t.csv is a Python pickle, not a table as text; it is not opened, because a pickle runs code; save the table as "
                + "CSV, with pandas by to_csv."));
    }

    [Fact]
    public void One_column_tells_how_it_was_separated() =>
        Should.Throw<DataException>(() => TableRows.From(Read("a:b\n1:x\n2:y\n"), null, null)).Message
            .ShouldContain("otherwise say data.separator");

    [Fact]
    public void Many_short_lines_that_end_with_carriage_returns_are_no_long_line() =>
        Read("a,b\r" + string.Concat(Enumerable.Repeat("1.5,x\r", 200_000))).Rows.ShouldBe(200_000);

    private static CsvTable Read(string text, TableSpec? spec = null) =>
        CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", CsvOptions.Of(spec));
}

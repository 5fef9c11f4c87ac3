using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>Whether the first line of a table is its header is told by evidence, or asked for.</summary>
public sealed class TableHeaderTests
{
    private const string Years =
        "182.88,93.83,89.05,tall\n162.35,53.07,109.28,short\n"
            + "159.78,47.65,112.13,short\n171.33,77.22,94.11,short\n170.05,69.25,100.80,short\n";
    private const string Letters = "b,z,q,short\nb,z,p,tall\nc,y,q,short\na,z,p,tall\nc,z,q,short\nb,y,p,short\na,y,q,tall\nc,z,q,short\n";

    public static TheoryData<string, string, bool> Certain { get; } = new()
    {
        { "texts above numbers", "height,class\n1.5,tall\n1.2,short\n", true },
        { "a text and years above numbers", "id,2019,2020,class\n" + Repeat("a7,5,6,tall\nb8,3,1,short\n")
            .Replace("a7", "1", StringComparison.Ordinal)
            .Replace("b8", "2", StringComparison.Ordinal), true },
        { "names above letters", "shape,colour,odour,class\n" + Letters + Letters, true },
        { "letters of which the first line has the same", "c,z,p,tall\n" + Letters, false },
        {
            "a header that comes again",
            "height,class\n1.5,tall\n1.2,short\nheight,class\n1.4,tall\n1.1,short\n1.5,tall\n1.2,short\n1.5,tall\n1.2,short\n1.2,short\n",
            true
        },
        { "fractions", "1.5,2.5,tall\n1.2,3.5,short\n", false },
        { "whole numbers and a class that occurs again", "63,1,sick\n41,0,well\n56,1,sick\n", false },
        { "whole numbers", "0,5,13\n0,12,9\n16,0,1\n", false },
        { "decimal commas", "182,88;93,83;tall\n162,35;53,07;short\n", false },
        { "dates above dates", "2026-01-01,5,a\n2026-01-02,6,b\n", false },
        { "negative numbers", "-5,7,a\n-3,8,b\n", false },
        { "a row that counts, as do the others", "0,1,2\n1,2,3\n2,3,4\n3,4,5\n4,5,6\n5,6,7\n6,7,8\n7,8,9\n8,9,10\n", false },
        { "a first row in order of time", "1700000000,1,a\n1700000001,2,b\n1700000002,3,a\n", false },
    };

    [Theory]
    [MemberData(nameof(Certain))]
    public void The_rows_tell_in_silence_where_they_leave_no_doubt(string what, string text, bool hasHeader)
    {
        var table = Read(text);

        table.HasHeader.ShouldBe(hasHeader, what);
        table.Warnings.Where(warning => !warning.Contains("stands here once more", StringComparison.Ordinal)).ShouldBeEmpty(what);
    }

    [Fact]
    public void Years_above_numbers_are_a_header_which_is_told()
    {
        var table = Read("2019,2020,2021,class\n" + Repeat(Years));

        table.Columns.ShouldBe(["2019", "2020", "2021", "class"]);
        table.Warnings
            .ShouldHaveSingleItem()
            .ShouldBe("t.csv:1:1: the first line (2019, 2020, 2021, class) is read as the header, because 'class' occurs in no other row "
                + "and its numbers are unlike those below; if it is a row, say data.header: false.");
    }

    [Fact]
    public void A_header_that_counts_the_columns_is_told() =>
        Read("0,1,2,3\n" + Repeat("5.1,3.5,1.4,0\n4.9,3.0,1.4,1\n")).Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("because it counts its columns");

    // What pandas writes above columns without names, above a class in words, and texts first.
    [Theory]
    [InlineData("0,1,2\n", "5.1,3.5,hi\n4.9,-3.0,lo\n")]
    [InlineData("0,1,2\n", "5.1,3.5,one\n4.9,3.0,two\n")]
    [InlineData("0,1,2,3\n", "c,5.1,3.5,hi\nb,4.9,3.0,lo\n")]
    [InlineData("1,2,3\n", "5.1,3.5,hi\n4.9,3.0,lo\n")]
    [InlineData("1,0,2,3\n", "hi,5.1,3.5,c\nlo,4.9,3.0,b\n")]
    public void A_header_that_numbers_its_columns_above_texts_is_told(string header, string rows)
    {
        var table = Read(header + Repeat(rows));

        table.Columns.ShouldBe(header.Trim().Split(','));
        table.Warnings.ShouldHaveSingleItem().ShouldContain("is read as the header, because it numbers its columns and '");
        Read(header + Repeat(rows), new() { Header = false }).Rows.ShouldBe(9);
        Read(header + rows).HasHeader.ShouldBeTrue("of two rows, too");
    }

    // A header of numbers may be a row, and a row of numbers a header: none of these was asked about before.
    [Theory]
    [InlineData("wavelengths above a class in words", "400.5,401.0,401.5,cls\n", "6.2,-0.1,65.2,hi\n5.3,-1.7,77.5,lo\n")]
    [InlineData("wavelengths above numbers", "400.5,401.0,401.5,402.0\n", "0.2,0.1,0.2,1.5\n0.3,0.7,0.5,2.5\n")]
    [InlineData("shifts that rise, among numbers as large", "-3.5,-2.5,-1.5,-0.5,0.5,1.5\n", "1.2,-2,3.5,-9,0,1\n0.5,7,-3,2,0.1,-4\n")]
    [InlineData("wavelengths that are the class, too", "400.5,401.0,401.5,402.0\n", "6.2,-0.1,65.2,hi\n5.3,-1.7,77.5,lo\n")]
    [InlineData("words of which some occur again", "true,false,y\n", "true,false,hi\nfalse,true,lo\ntrue,false,hi\nfalse,true,lo\n")]
    [InlineData("numbers that name no columns above a class in words", "7,3,9\n", "5.1,3.5,hi\n4.9,3.0,lo\n")]
    [InlineData("a column that is numbered twice", "0,1,1\n", "5.1,3.5,hi\n4.9,3.0,lo\n")]
    [InlineData("two columns that are counted", "0,1\n", "5.1,3.5\n-4.9,-3.0\n")]
    public void A_first_line_of_numbers_or_of_a_lonely_class_is_asked_about(string what, string first, string rows)
    {
        Should.Throw<DataException>(() => Read(first + Repeat(rows)), what).Code.ShouldBe("SC3210");

        Read(first + Repeat(rows), new() { Header = false }).Rows.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void A_header_of_few_rows_that_counts_its_columns_is_asked_about() =>
        Should.Throw<DataException>(() => Read("0,1,2\n5.1,3.5,0\n4.9,3.0,1\n")).Code.ShouldBe("SC3210");

    [Fact]
    public void A_row_with_a_rare_text_among_many_that_occur_again_is_told()
    {
        var table = Read("a,b,c,d,rare\n" + Repeat("a,b,c,d,x\nb,a,d,c,y\na,a,c,c,x\nb,b,d,d,y\n"));

        table.HasHeader.ShouldBeFalse();
        table.Warnings.ShouldHaveSingleItem().ShouldContain("is read as a row, though 'rare' occurs in no other row");
    }

    [Fact]
    public void A_header_that_stands_again_is_told() =>
        Read("0,1,2\n" + Repeat("5.1,3.5,hi\n4.9,3.0,lo\n") + "0,1,2\n" + Repeat("5.1,3.5,hi\n4.9,3.0,lo\n")).Warnings
            .ShouldContain("t.csv:10:1: the header stands here once more, and is read as a row; remove the line.");

    [Fact]
    public void A_class_that_only_the_first_row_has_is_told()
    {
        var table = Read("5,3,rare\n" + Repeat("4,3,a\n6,2,b\n5,4,a\n7,3,b\n"));

        table.HasHeader.ShouldBeFalse();
        table.Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("is read as a row, though 'rare' occurs in no other; if it is the header, say data.header: true.");
    }

    [Theory]
    [InlineData("years alone", "2019,2020,2021\n5,1,7\n4,2,6\n5,1,7\n4,2,6\n5,1,7\n4,2,6\n5,1,7\n4,2,6\n")]
    [InlineData("a text above numbers beside a value", "5.5,oops,a\n4.5,3,b\n5.1,2,a\n")]
    [InlineData(
        "letters that occur again and letters that do not",
        "c,zz,pp,tall\nb,z,q,short\nb,z,p,tall\nc,y,q,short\n"
            + "a,z,p,tall\nc,z,q,short\nb,y,p,short\na,y,q,tall\nc,z,q,short\nc,z,q,short\nc,z,q,short\n")]
    public void Nobody_guesses_where_both_are_possible(string what, string text)
    {
        var refused = Should.Throw<DataException>(() => Read(text), what);

        refused.Code.ShouldBe("SC3210");
        refused.Message.ShouldStartWith("t.csv:1:1: the first line may be the header or a row: ");
        refused.Message.ShouldEndWith("say data.header: true or false.");
        Read(text, new() { Header = true }).HasHeader.ShouldBeTrue();
        Read(text, new() { Header = false }).Columns[0].ShouldBe("0");
    }

    [Fact]
    public void What_is_said_is_not_doubted()
    {
        Read("a,b\n1,2\n", new() { Header = false }).Rows.ShouldBe(2);
        Read("1.5,2\n3.5,4\n", new() { Header = true }).Columns.ShouldBe(["1.5", "2"]);
        Should.Throw<DataException>(() => Read("p,p\nx,y\n", new()
        {
            Header = true,
        })).Message.ShouldContain("names 'p' twice (columns 1 and 2); if the line is a row, say data.header: false.");
    }

    private static string Repeat(string rows) => string.Concat(Enumerable.Repeat(rows, 4));

    private static CsvTable Read(string text, TableSpec? spec = null) =>
        CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", CsvOptions.Of(spec));
}

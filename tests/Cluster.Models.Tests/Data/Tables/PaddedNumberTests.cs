using System.Text;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>Digits that begin with 0: postcodes and identifiers more often than numbers.</summary>
public sealed class PaddedNumberTests
{
    [Theory]
    [InlineData("01234")]
    [InlineData("\"01234\"")]
    [InlineData(" 01234 ")]
    [InlineData("007")]
    public void Numbers_that_begin_with_0_are_told_with_column_count_and_remedy(string field)
    {
        var rows = Rows($"zip,c\n{field},a\n90210,b\n{field},a\n");

        rows.Warnings.ShouldHaveSingleItem().ShouldBe(
            $"t.csv: column 'zip' holds 2 number(s) that begin with 0, such as '{field.Trim('"', ' ')}', "
                + $"and is read as numbers, in which the 0 is lost; if they are names, as postcodes are, say data.types: "
                + $"{{ zip: category }} or leave the column out with data.exclude, otherwise data.types: {{ zip: number }}.");
        rows.Columns[0].Categories.ShouldBeNull();
    }

    [Theory]
    [InlineData("20251231,20260101,20240229", true)]
    [InlineData("20251231,20260101,20230229", false)]
    [InlineData("20251231,20260101,12345678", false)]
    [InlineData("20251231,20260101,20251301", false)]
    public void Dates_without_marks_are_told(string days, bool isTold)
    {
        var rows = Rows("day,c\n" + string.Concat(days.Split(',').Select(day => $"{day},a\n{day},b\n")));

        rows.Warnings
            .Count(warning => warning.Contains("column 'day' holds dates without marks", StringComparison.Ordinal))
            .ShouldBe(isTold ? 1 : 0);
    }

    [Theory]
    [InlineData(ColumnType.Category)]
    [InlineData(ColumnType.Number)]
    public void What_is_said_of_the_column_ends_the_doubt(ColumnType type)
    {
        var rows = Rows("zip,c\n01234,a\n90210,b\n", new() { Types = new([new("zip", type)]) });

        rows.Warnings.ShouldBeEmpty();
        (rows.Columns[0].Categories is not null).ShouldBe(type == ColumnType.Category);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("-0")]
    [InlineData("0e1")]
    [InlineData("100")]
    public void Other_numbers_are_no_names(string field) => Rows($"n,c\n{field},a\n1,b\n").Warnings.ShouldBeEmpty();

    [Fact]
    public void Labels_that_begin_with_0_stay_classes() => Rows("n,c\n1,01\n2,02\n3,01\n").Answer.ClassLabels.ShouldBe(["01", "02"]);

    [Fact]
    public void An_answer_of_numbers_is_told_too() => Rows("n,y\n1,0100\n2,0200\n", new()
    {
        Answer = TargetKind.Numbers,
    }).Warnings.ShouldHaveSingleItem().ShouldContain("column 'y' holds 2 number(s) that begin with 0");

    private static TableRows Rows(string text, TableSpec? spec = null) =>
        TableRows.From(CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv"), null, spec);
}

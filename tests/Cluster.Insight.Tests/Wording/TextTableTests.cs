using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Tests.Wording;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell()
    {
        var table = new TextTable("search", "best");
        table.Row("digits", "0.125 val/loss");
        table.Row("a", "-");

        Lines(table, 80).ShouldBe(["search  best          ", "digits  0.125 val/loss", "a       -             "]);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(24)]
    [InlineData(18)]
    public void What_has_no_room_is_cut_the_widest_column_first(int width)
    {
        var table = new TextTable("search", "what it is about", "n");
        table.Row("digits-of-a-long-name", "a sentence that is much longer than all others", "12");
        table.Row("b", "\u691c\u7d22\u691c\u7d22\u691c\u7d22\u691c\u7d22\u691c\u7d22\u691c\u7d22\u691c\u7d22\u691c\u7d22", "3");

        var lines = Lines(table, width);

        lines.Count.ShouldBe(3);
        lines.ShouldAllBe(line => TextWidth.Of(line) <= width);
        lines[1].ShouldContain("...");
        lines[1].TrimEnd().ShouldEndWith("12");
        lines[2].ShouldContain("\u691c");
        lines[2].TrimEnd().ShouldEndWith("3");
    }

    [Fact]
    public void Characters_that_are_two_columns_wide_are_measured_as_such()
    {
        var table = new TextTable("name", "value");
        table.Row("\u691c\u7d22", "1");
        table.Row("abcdef", "2");

        var lines = Lines(table, 80);

        lines[1].ShouldBe("\u691c\u7d22    1    ");
        lines[2].ShouldBe("abcdef  2    ");
    }

    [Fact]
    public void Headings_alone_are_dim()
    {
        var table = new TextTable("name");
        table.Row("a");

        Lines(table, 80, isStyled: true).ShouldBe(["\e[2mname\e[0m", "a   "]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("\u00e9", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("\u691c", 2)]
    [InlineData("\uff21", 2)]
    [InlineData("\U0001F600", 2)]
    [InlineData("\u2588", 1)]
    public void A_text_is_as_wide_as_a_terminal_shows_it(string text, int width) => TextWidth.Of(text).ShouldBe(width);

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abc...")]
    [InlineData("\u691c\u7d22\u691c\u7d22", 6, "\u691c...")]
    [InlineData("\U0001F600\U0001F600\U0001F600", 5, "\U0001F600...")]
    public void A_text_is_cut_between_characters(string text, int width, string cut) => TextWidth.Cut(text, width).ShouldBe(cut);

    private static IReadOnlyList<string> Lines(TextTable table, int width, bool isStyled = false)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        table.Write(writer, width, isStyled);
        return writer.ToString().Split('\n')[..^1];
    }
}

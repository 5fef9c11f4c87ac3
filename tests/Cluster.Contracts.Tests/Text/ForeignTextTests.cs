namespace SearchCluster.Contracts.Tests.Text;

public sealed class ForeignTextTests
{
    [Theory]
    [InlineData("Column 'a' is constant.", "Column 'a' is constant.")]
    [InlineData("one\r\n\ttwo\u2028three ", "one two three")]
    [InlineData("\u001b[31mred\u0007", "\\x1B[31mred\\x07")]
    [InlineData("abc\u202Egnp", "abc\\u202Egnp")]
    [InlineData(null, "")]
    public void Becomes_one_harmless_line(string? text, string expected) => ForeignText.OneLine(text, 100).ShouldBe(expected);

    [Fact]
    public void Half_a_character_is_replaced() => ForeignText.OneLine("half " + '\ud83d' + " end", 100).ShouldBe("half \uFFFD end");

    [Fact]
    public void Is_cut_with_an_ellipsis_and_never_inside_a_character()
    {
        var cut = ForeignText.OneLine(new string('x', 8) + "😀 and more", 10);

        cut.ShouldBe("xxxxxxxx…");
        ForeignText.OneLine(new string('x', 10), 10).ShouldBe(new string('x', 10));
    }

    [Fact]
    public void Takes_a_text_of_any_length() => ForeignText.OneLine(new string('\u0001', 10_000_000), 500).Length.ShouldBe(500);
}

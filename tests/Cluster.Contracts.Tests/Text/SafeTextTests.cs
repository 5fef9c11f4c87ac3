namespace SearchCluster.Contracts.Tests.Text;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain lr[0] text", "plain lr[0] text")]
    [InlineData("\u001b[31mred", "\\x1B[31mred")]
    [InlineData("a\nb\tc", "a\\x0Ab\\x09c")]
    [InlineData("\u009b2J", "\\x9B2J")]
    [InlineData("evil\u202Etxt.exe", "evil\\u202Etxt.exe")]
    [InlineData("größe μ ∞", "größe μ ∞")]
    [InlineData(null, "")]
    public void Control_characters_and_direction_marks_become_visible(string? text, string expected) =>
        SafeText.Of(text).ShouldBe(expected);

    [Fact]
    public void Line_ends_stay_in_a_text_of_several_lines() => SafeText.OfLines("a\r\nb\u0007").ShouldBe("a\nb\\x07");

    [Fact]
    public void Line_ends_and_tabs_of_a_stack_stay() => SafeText.OfLines("at A\n\tat B\u001b[2J").ShouldBe("at A\n\tat B\\x1B[2J");

    /// <summary>What is kept in the journal and what is shown follow one rule.</summary>
    [Theory]
    [InlineData("a\u001b[31m")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2066b\uFEFF\u061C")]
    [InlineData("👩\u200D🔬 größe")]
    public void Kept_text_is_shown_text(string text)
    {
        ForeignText.OneLine(text, 100).ShouldBe(SafeText.Of(text));
        ForeignText.Lines(text, 100).ShouldBe(SafeText.OfLines(text));
    }

    [Fact]
    public void A_line_separator_in_a_kept_stack_becomes_visible() => ForeignText.Lines("a\u2028b", 100).ShouldBe("a\\u2028b");
}

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
    public void Control_characters_and_direction_marks_become_visible(string? text, string expected) => SafeText.Of(text).ShouldBe(expected);

    [Fact]
    public void Line_ends_stay_in_a_text_of_several_lines() => SafeText.OfLines("a\r\nb\u0007").ShouldBe("a\nb\\x07");
}

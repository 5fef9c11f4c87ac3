using System.Text;

namespace SearchCluster.Contracts.Tests.Text;

/// <summary>What is wrong with a JSON text is told in our own words, with its place.</summary>
public sealed class JsonFaultTests
{
    private static readonly string Deep = new('[', 65);

    [Theory]
    [InlineData("{\"y\": 1, \"y\": 2}", 1, 10, "'y' occurs twice")]
    [InlineData("{\"a\": {\"y\": 1,\n \"y\": 1}}", 2, 2, "'y' occurs twice")]
    [InlineData("{\"y\": \"\\ud800\"}", 1, 7, "half a character")]
    [InlineData("{\"\\udc00\": 1}", 1, 2, "half a character")]
    [InlineData("{\"y\": 1,}", 1, 9, "trailing commas")]
    [InlineData("{\"ä\": 1 // no\n}", 1, 9, "no comments")]
    [InlineData("{\"y\": 1} {}", 1, 10, "goes on behind its end")]
    [InlineData("{\"y\": [1, 2", 1, 7, "never closed")]
    [InlineData("{\"y\": 1e400}", 1, 7, "too large")]
    [InlineData("{\"y\": NaN}", 1, 7, "not JSON")]
    [InlineData("{\"y\": \"a\0b\"}", 1, 9, "U+0000")]
    [InlineData("\0{}", 1, 1, "U+0000")]
    [InlineData("", 1, 1, "empty")]
    [InlineData(" \r\n", 1, 1, "empty")]
    public void A_fault_is_told_with_its_place(string text, int line, int column, string words)
    {
        var fault = JsonFault.Find(Encoding.UTF8.GetBytes(text)).ShouldNotBeNull();

        (fault.Line, fault.Column).ShouldBe((line, column), fault.Message);
        fault.Sentence.ShouldContain(words);
        fault.Sentence.ShouldNotContain("LineNumber");
        fault.Help.ShouldNotBeEmpty();
        fault.IsRepetition.ShouldBe(words.EndsWith("twice", StringComparison.Ordinal));
    }

    [Fact]
    public void Depth_and_bytes_are_looked_at()
    {
        JsonFault.Find(Encoding.UTF8.GetBytes(Deep))!.Message.ShouldBe("nested deeper than 64 levels");
        JsonFault.Find("[[[1]]]"u8, depth: 2)!.Column.ShouldBe(3);
        JsonFault.Find([(byte)'"', 0xE4, (byte)'"'])!.Message.ShouldBe("byte 0xE4 is not UTF-8");
        JsonFault.Find(Encoding.Unicode.GetPreamble())!.Message.ShouldContain("UTF-16");
    }

    [Theory]
    [InlineData("{\"y\": {\"y\": [1, \"\\ud83d\\ude00\", null, true, -1e300]}, \"z\": {\"y\": 1}}")]
    [InlineData("\uFEFF[1]")]
    [InlineData("[[[[[[[[]]]]]]]]")]
    public void Strict_json_has_none(string text) => JsonFault.Find(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void Repeated_names_may_be_left_to_the_reader() =>
        JsonFault.Find("{\"y\": 1, \"y\": 2}"u8, allowsRepetition: true).ShouldBeNull();
}

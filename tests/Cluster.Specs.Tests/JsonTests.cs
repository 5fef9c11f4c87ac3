namespace SearchCluster.Specs.Tests;

/// <summary>JSON files obey the rules of JSON.</summary>
public sealed class JsonTests
{
    [Theory]
    [InlineData("{ \"version\": 1, }", "SC1004", 1, 17, "trailing commas")]
    [InlineData("{ \"version\": 1,\n  \"version\": 1 }", "SC1009", 2, 3, "first at 1:3")]
    [InlineData("{ // no\n \"version\": 1 }", "SC1004", 1, 3, "JSON has no comments")]
    [InlineData("{ \"version\": 1, \"labels\": [1, 2", "SC1004", 1, 27, "never closed")]
    [InlineData("{ \"version\": 01 }", "SC1004", 1, 15, "not JSON")]
    [InlineData("{ version: 1 }", "SC1004", 1, 3, "not JSON")]
    [InlineData("{ \"name\": \"\\ud800\" }", "SC1004", 1, 11, "half a character")]
    [InlineData("{ \"name\": \"\\u0000\" }", "SC1002", 1, 11, "U+0000")]
    [InlineData("", "SC1001", 1, 1, "empty")]
    public void A_broken_file_is_explained(string text, string code, int line, int column, string words)
    {
        var problem = Specs.Read(text, "s.json").Problems.First(candidate => candidate.Code == code);

        (problem.Code, problem.Line, problem.Column).ShouldBe((code, line, column), problem.Message);
        problem.Message.ShouldContain(words);
    }

    [Fact]
    public void Nesting_is_limited() =>
        Specs.Read(new string('[', 10_000), "s.json").Problems.ShouldHaveSingleItem().Code.ShouldBe("SC1005");

    [Fact]
    public void Text_without_a_file_name_is_recognised() =>
        Specs.Read("{ \"version\": 1, }", "-").Problems[0].Message.ShouldContain("trailing commas");
}

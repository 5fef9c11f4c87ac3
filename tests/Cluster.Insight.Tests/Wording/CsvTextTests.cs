using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Tests.Wording;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("adam", "adam")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("+1+2", "\"'+1+2\"")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("-1e-05", "-1e-05")]
    [InlineData("", "")]
    [InlineData("a\rb", "a\\x0Db")]
    public void A_cell_is_never_a_formula(string text, string expected) => CsvText.Cell(text).ShouldBe(expected);
}

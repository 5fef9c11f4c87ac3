using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Tests.Wording;

public sealed class ParameterTextTests
{
    [Theory]
    [InlineData("adam", "adam")]
    [InlineData("4", "\"4\"")]
    [InlineData("1e-3", "\"1e-3\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("", "\"\"")]
    [InlineData("[1]", "\"[1]\"")]
    [InlineData("4 layers", "4 layers")]
    public void A_text_that_reads_as_something_else_is_in_quotes(string text, string written)
    {
        ParameterText.Exact(ParameterValue.Text(text)).ShouldBe(written);
        Format.Value(ParameterValue.Text(text)).ShouldBe(written);
    }

    [Fact]
    public void Other_values_and_lists_of_them_are_written_as_they_are()
    {
        ParameterText.Exact(ParameterValue.Integer(4)).ShouldBe("4");
        ParameterText.Exact(ParameterValue.Boolean(true)).ShouldBe("true");
        ParameterText.Exact(ParameterValue.None).ShouldBe("null");
        ParameterText.Exact(ParameterValue.List([ParameterValue.Integer(4), ParameterValue.Text("4"), ParameterValue.Text("a")]))
            .ShouldBe("[4, \"4\", a]");
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "+inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void Numbers_that_are_not_finite_are_told_apart_in_a_file_too(double value, string written) =>
        CsvText.Cell(Format.Number(value)).ShouldBe(written);
}

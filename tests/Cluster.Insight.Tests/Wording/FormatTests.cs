using System.Globalization;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Tests.Wording;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0.00123456, "0.001235")]
    [InlineData(1.23456e-7, "1.235e-07")]
    [InlineData(12345.6, "1.235e+04")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Numbers_have_four_significant_digits(double value, string expected) => Format.Number(value).ShouldBe(expected);

    [Theory]
    [InlineData(0.4, "just now")]
    [InlineData(3.9, "3 s ago")]
    [InlineData(299, "4m ago")]
    [InlineData(7300, "2h ago")]
    [InlineData(400000, "4d ago")]
    public void How_long_ago_has_the_largest_unit(double seconds, string expected) =>
        Format.Ago(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(seconds)).ShouldBe(expected);

    [Fact]
    public void Numbers_look_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = foreign;

            Format.Number(-0.5).ShouldBe("-0.5");
            Format.Percent(0.5).ShouldBe("50.0 %");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("statsu", "status")]
    [InlineData("lst", "list")]
    [InlineData("qqqqqq", null)]
    [InlineData("RUN", "run")]
    public void A_typo_finds_what_was_meant(string typed, string? expected) =>
        Suggestions.Nearest(typed, ["status", "list", "run", "resume"]).ShouldBe(expected);

    [Theory]
    [InlineData("d", null)]
    [InlineData("A", "a")]
    [InlineData("ab", "a")]
    public void A_name_that_shares_nothing_is_no_typo(string typed, string? expected) =>
        Suggestions.Nearest(typed, ["a", "b"]).ShouldBe(expected);
}

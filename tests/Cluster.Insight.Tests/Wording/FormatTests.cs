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
    [InlineData(0.0000004, "0 us")]
    [InlineData(0.000250, "250 us")]
    [InlineData(0.0123, "12 ms")]
    [InlineData(4.21, "4.2 s")]
    [InlineData(185, "3m 05s")]
    [InlineData(3723, "1h 02m 03s")]
    [InlineData(183600, "2d 03h 00m")]
    public void Durations_use_the_two_or_three_largest_units(double seconds, string expected) =>
        Format.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("+2d", 172800)]
    [InlineData("1.5m", 90)]
    [InlineData("250ms", 0.25)]
    public void Durations_are_read_as_people_write_them(string text, double seconds)
    {
        DurationText.TryParse(text, out var value).ShouldBeTrue();

        value.TotalSeconds.ShouldBe(seconds, 1e-9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("5")]
    [InlineData("-5m")]
    [InlineData("2 hours")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("10000000h")]
    [InlineData("1,5m")]
    [InlineData("h")]
    public void Other_texts_are_no_durations(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();

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
            Format.Duration(TimeSpan.FromSeconds(4.2)).ShouldBe("4.2 s");
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

using System.Globalization;

namespace SearchCluster.Contracts.Tests.Text;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0000004, "0 us")]
    [InlineData(0.000250, "250 us")]
    [InlineData(0.0123, "12 ms")]
    [InlineData(4.21, "4.2 s")]
    [InlineData(2.02, "2.0 s")]
    [InlineData(185.3, "3m 05s")]
    [InlineData(3600.2, "1h 00m 00s")]
    [InlineData(183600.7, "2d 03h 00m")]
    [InlineData(-4.21, "-4.2 s")]
    public void What_was_measured_has_the_two_or_three_largest_units(double seconds, string expected) =>
        Durations.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(2, "2 s")]
    [InlineData(60, "1m")]
    [InlineData(185, "3m 05s")]
    [InlineData(5400, "1h 30m")]
    [InlineData(3605, "1h 00m 05s")]
    [InlineData(183600, "2d 03h")]
    [InlineData(86401, "1d 00h 00m 01s")]
    [InlineData(315360000, "3650d")]
    public void Limits_of_whole_seconds_are_written_exactly(int seconds, string expected)
    {
        var text = Durations.Of(TimeSpan.FromSeconds(seconds));

        text.ShouldBe(expected);
        Durations.TryParseWhole(text, out var read).ShouldBeTrue();
        read.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(0.00025)]
    [InlineData(0.25)]
    [InlineData(4.2)]
    public void What_was_measured_can_be_read_too(double seconds)
    {
        Durations.TryParse(Durations.Of(TimeSpan.FromSeconds(seconds)), out var read).ShouldBeTrue();

        read.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void The_ends_of_the_range_are_written() => Durations.Of(TimeSpan.MinValue).ShouldBe("-" + Durations.Of(TimeSpan.MaxValue));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("1 h 30 m", 5400)]
    [InlineData("+2d", 172800)]
    [InlineData("1.5m", 90)]
    [InlineData("250ms", 0.25)]
    [InlineData("40us", 0.00004)]
    public void Durations_are_read_as_people_write_them(string text, double seconds)
    {
        Durations.TryParse(text, out var value).ShouldBeTrue();

        value.ShouldBe(TimeSpan.FromSeconds(seconds));
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
    [InlineData("99999999999999999999999999d")]
    [InlineData("1,5m")]
    [InlineData("h")]
    [InlineData(".s")]
    public void Other_texts_are_no_durations(string text) => Durations.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1.5m")]
    [InlineData("+1h")]
    [InlineData("2000ms")]
    [InlineData("3650d1s")]
    public void A_spec_has_whole_seconds(string text) => Durations.TryParseWhole(text, out _).ShouldBeFalse();

    [Fact]
    public void Durations_look_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = foreign;

            Durations.Of(TimeSpan.FromSeconds(4.2)).ShouldBe("4.2 s");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

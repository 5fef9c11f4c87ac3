using SearchCluster.Insight.Charts;

namespace SearchCluster.Insight.Tests.Charts;

public sealed class ScaleTests
{
    [Fact]
    public void Ticks_are_round_numbers_between_the_ends()
    {
        Scale.Of([0.13, 0.97], isLog: false).Ticks().Select(tick => Math.Round(tick, 9)).ShouldBe([0.2, 0.4, 0.6, 0.8]);
        Scale.Of([-3, 12], isLog: false).Ticks().ShouldBe([0, 5, 10]);
    }

    [Fact]
    public void Zero_is_written_without_a_sign() => double.IsNegative(Scale.Of([0, 15], isLog: false).Ticks()[0]).ShouldBeFalse();

    [Fact]
    public void Ticks_of_a_log_scale_are_powers_of_ten_where_there_are_enough()
    {
        Scale.Of([1e-5, 0.5], isLog: true).Ticks().Select(tick => Math.Log10(tick)).ShouldBe([-5, -4, -3, -2, -1], 1e-9);
        Scale.Of([2, 8], isLog: true).Ticks().ShouldBe([2, 3, 4, 5, 6, 7, 8], 1e-9);
    }

    [Fact]
    public void What_a_log_scale_cannot_show_has_no_place()
    {
        var scale = Scale.Of([0, -1, 1, 100, double.NaN], isLog: true);

        double.IsNaN(scale.Place(0)).ShouldBeTrue();
        (scale.Place(1), scale.Place(10), scale.Place(100)).ShouldBe((0, 0.5, 1));
    }

    [Fact]
    public void A_single_number_lies_in_the_middle()
    {
        Scale.Of([7, 7], isLog: false).Place(7).ShouldBe(0.5);
        Scale.Of([], isLog: false).Ticks().ShouldNotBeEmpty();
    }
}

using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Models.Tests.Ensembles.Scoring;

public sealed class GainEstimateTests
{
    [Fact]
    public void A_gain_that_may_be_chance_is_not_clear()
    {
        var stream = new RandomStream(4);
        double[] same = [.. Enumerable.Range(0, 200).Select(_ => stream.NextGaussian())];
        double[] noise = [.. same.Select(value => value + stream.NextGaussian())];
        double[] worse = [.. same.Select(value => value + 1 + stream.NextGaussian())];

        GainEstimate.Of(new("loss", Direction.Minimize, same), new("loss", Direction.Minimize, noise), new RandomStream(1))!.IsClear
            .ShouldBeFalse();
        var gain = GainEstimate.Of(new("loss", Direction.Minimize, same), new("loss", Direction.Minimize, worse), new RandomStream(1));
        gain.ShouldNotBeNull().IsClear.ShouldBeTrue();

        // The mean of 200 differences with deviation 1 has a deviation of 0.071.
        (gain.High - gain.Low).ShouldBe(4 * 0.071, 0.05);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(GainEstimate.FewestRows - 1)]
    public void A_handful_of_rows_has_no_interval(int rows) => Estimate(rows, row => row % 3).ShouldBeNull();

    [Fact]
    public void Enough_rows_have_one() => Estimate(GainEstimate.FewestRows, row => row % 3).ShouldNotBeNull().HasWidth.ShouldBeTrue();

    // Each row is better by the same, whichever rows are drawn.
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Draws_that_all_agree_are_no_interval(double each) => Estimate(50, _ => each).ShouldBeNull();

    private static Gain? Estimate(int rows, Func<int, double> difference)
    {
        double[] losses = [.. Enumerable.Range(0, rows).Select(row => 0.3 * row)];
        return GainEstimate.Of(
            new("loss", Direction.Minimize, losses),
            new("loss", Direction.Minimize, [.. losses.Select((loss, row) => loss + difference(row))]),
            new RandomStream(1));
    }
}

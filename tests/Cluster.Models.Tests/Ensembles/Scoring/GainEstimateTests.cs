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

        GainEstimate.Of(new("loss", Direction.Minimize, same), new("loss", Direction.Minimize, noise), new RandomStream(1)).IsClear
            .ShouldBeFalse();
        var gain = GainEstimate.Of(new("loss", Direction.Minimize, same), new("loss", Direction.Minimize, worse), new RandomStream(1));
        gain.IsClear.ShouldBeTrue();

        // The mean of 200 differences with deviation 1 has a deviation of 0.071.
        (gain.High - gain.Low).ShouldBe(4 * 0.071, 0.05);
    }
}

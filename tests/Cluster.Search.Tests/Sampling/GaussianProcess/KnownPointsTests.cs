using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class KnownPointsTests
{
    private static readonly SpaceEncoding Encoding = new(
        new SearchSpace([new("x", new RealDomain(0, 1)), new("n", new IntegerDomain(1, 1_000_000)), new("y", new RealDomain(0, 1))]));

    [Theory]
    [InlineData(0.3, 0.7, true)]
    [InlineData(0.30009, 0.69991, true)]
    [InlineData(0.30009, double.NaN, false)]
    [InlineData(0.3002, 0.7, false)]
    public void A_point_is_beside_a_pending_one_when_no_real_axis_tells_them_apart(double x, double y, bool isBeside)
    {
        var known = new KnownPoints();
        known.AddPending([0.3, 0.5, 0.7]);

        known.IsBesidePending(Encoding.Axes, [x, 0.5, y]).ShouldBe(isBeside);
    }

    [Fact]
    public void The_next_whole_number_is_not_beside_a_pending_one()
    {
        var known = new KnownPoints();
        known.AddPending([0.3, 0.5, 0.7]);

        known.IsBesidePending(Encoding.Axes, [0.3, 0.500001, 0.7]).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_beside_a_trial_that_has_finished()
    {
        var known = new KnownPoints();
        known.AddPending([0.3, 0.5, 0.7]);

        known.Update(new Observations(Encoding));

        known.IsBesidePending(Encoding.Axes, [0.3, 0.5, 0.7]).ShouldBeFalse();
    }
}

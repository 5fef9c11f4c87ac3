using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class TrustRegionTests
{
    private const int Startup = 3;
    private const int Dimensions = 6;
    private static readonly double[] Design = [9, 5, 7];

    [Fact]
    public void Centres_on_the_best_of_the_design_and_counts_no_failures_in_it()
    {
        var region = new TrustRegion(Startup, Dimensions);

        region.Update(Design.AsSpan(0, 2));
        region.IsStarting.ShouldBeTrue();
        region.Update(Design);

        region.IsStarting.ShouldBeFalse();
        (region.Centre, region.Side).ShouldBe((1, 0.8));
    }

    [Fact]
    public void Doubles_after_three_successes_in_a_row_but_not_beyond_its_largest_side()
    {
        After([4, 3, 2]).Side.ShouldBe(1.6);
        After([4, 3, 2, 1, 0.5, 0.2]).Side.ShouldBe(1.6);
        After([4, 3, 6, 2]).Side.ShouldBe(0.8);
    }

    [Fact]
    public void Halves_after_as_many_failures_in_a_row_as_dimensions()
    {
        After([6, 6, 6, 6, 6]).Side.ShouldBe(0.8);
        After([6, 6, 6, 6, 6, 6]).Side.ShouldBe(0.4);
        After([6, 6, 6, 4, 6, 6, 6]).Side.ShouldBe(0.8);
    }

    [Fact]
    public void A_gain_of_less_than_a_thousandth_moves_the_centre_but_is_no_success()
    {
        var region = After([4.999, 4.998, 4.997, 4.996, 4.995, 4.994]);

        (region.Centre, region.Side).ShouldBe((Startup + 5, 0.4));
    }

    [Fact]
    public void A_failed_trial_is_a_failure()
    {
        After([.. Enumerable.Repeat(double.PositiveInfinity, Dimensions)]).Side.ShouldBe(0.4);
    }

    [Fact]
    public void Begins_anew_with_a_design_when_it_became_too_small()
    {
        var region = After([.. Enumerable.Repeat(6.0, 7 * Dimensions)]);

        (region.IsStarting, region.Missing, region.Centre, region.Side).ShouldBe((true, Startup, -1, 0.8));
    }

    [Fact]
    public void Rebuilt_at_once_it_is_as_if_it_had_followed()
    {
        double[] losses = [.. Design, .. Enumerable.Range(0, 80).Select(i => (i * 37 % 41) - (0.05 * i))];
        var followed = new TrustRegion(Startup, Dimensions);
        for (var i = 0; i <= losses.Length; i++)
        {
            followed.Update(losses.AsSpan(0, i));
        }

        var rebuilt = new TrustRegion(Startup, Dimensions);
        rebuilt.Update(losses);

        (rebuilt.Side, rebuilt.Centre, rebuilt.Missing).ShouldBe((followed.Side, followed.Centre, followed.Missing));
    }

    [Fact]
    public void The_box_stays_inside_the_cube_and_leaves_countable_axes_alone()
    {
        var encoding = new SpaceEncoding(
            new SearchSpace([new("x", new RealDomain(0, 1)), new("b", new BooleanDomain()), new("y", new RealDomain(0, 1))]));

        var box = SearchBox.Around(encoding, [0.1, 0.25, 0.5], 0.4, [1, 1, 0.5]);

        box.Lower.ShouldBe([0, 0, 0.4], 1e-12);
        box.Upper.ShouldBe([0.3, 1, 0.6], 1e-12);
    }

    private static TrustRegion After(double[] losses)
    {
        var region = new TrustRegion(Startup, Dimensions);
        region.Update([.. Design, .. losses]);
        return region;
    }
}

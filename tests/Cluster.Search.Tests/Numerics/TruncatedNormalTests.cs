using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Tests.Numerics;

// Reference values by mpmath 1.2.1 with 50 digits: erfc(-z/sqrt(2))/2, its logarithm, and bisection of the truncated distribution.
public sealed class TruncatedNormalTests
{
    private static void ShouldBeClose(double actual, double expected, double relative) =>
        actual.ShouldBe(expected, Math.Max(relative * Math.Abs(expected), double.Epsilon));

    [Theory]
    [InlineData(-25, 3.0566967063825609e-138)]
    [InlineData(-12, 1.776482112077679e-33)]
    [InlineData(-8, 6.2209605742717841e-16)]
    [InlineData(-5, 2.8665157187919391e-7)]
    [InlineData(-2, 0.022750131948179207)]
    [InlineData(-0.5, 0.3085375387259869)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(2, 0.97724986805182079)]
    [InlineData(6, 0.99999999901341235)]
    public void Cdf_keeps_its_digits_in_the_lower_tail(double z, double expected) => ShouldBeClose(TruncatedNormal.Cdf(z), expected, 1e-13);

    [Theory]
    [InlineData(-5, 8, 0.9999997133484275)]
    [InlineData(6, 9, 9.865876449248393e-10)]
    [InlineData(-9, -6, 9.865876449248393e-10)]
    public void Mass_of_an_interval_keeps_its_digits_in_both_tails(double low, double high, double expected) =>
        ShouldBeClose(TruncatedNormal.Mass(low, high), expected, 1e-12);

    [Theory]
    [InlineData(-40, -804.60844201375379)]
    [InlineData(-25, -316.63940800802026)]
    [InlineData(-20.5, -214.0667289632638)]
    [InlineData(-19.5, -194.0169657774975)]
    [InlineData(-2, -3.7831843336820319)]
    [InlineData(0.5, -0.36894641528865639)]
    [InlineData(6, -9.8658764552437573e-10)]
    [InlineData(9, -1.1285884059538406e-19)]
    public void Logarithm_of_the_cdf_is_right_far_beyond_the_smallest_number(double z, double expected) =>
        ShouldBeClose(TruncatedNormal.LogCdf(z), expected, 1e-12);

    [Theory]
    [InlineData(6, 9)]
    [InlineData(-2, 0.5)]
    [InlineData(-9, -6)]
    public void Logarithm_of_the_mass_agrees_with_the_mass(double low, double high) =>
        TruncatedNormal.LogMass(low, high).ShouldBe(Math.Log(TruncatedNormal.Mass(low, high)), 1e-11);

    [Theory]
    [InlineData(1e-300, -37.047096299361199)]
    [InlineData(1e-20, -9.2623400897984076)]
    [InlineData(1e-5, -4.2648907939228246)]
    [InlineData(0.02425, -1.9729610513118849)]
    [InlineData(0.3, -0.52440051270804078)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446005)]
    [InlineData(0.999999, 4.7534243088228989)]
    public void Quantile_inverts_the_cdf(double share, double expected) =>
        TruncatedNormal.Quantile(share).ShouldBe(expected, 1e-9 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [InlineData(0.5, 0, 0.1, 0.067448975019608174)]
    [InlineData(0.999999, 0, 0.1, 0.48916384756985904)]
    [InlineData(0.25, 0.5, 1, 0.25768686755332363)]
    [InlineData(1e-9, 1, 0.05, 0.69452948975653014)]
    [InlineData(0.75, 0.98, 0.02, 0.98669051453388866)]
    [InlineData(0.5, 1, 0.001, 0.99932551024980392)]
    public void Quantile_of_the_truncated_distribution_equals_the_reference(double share, double mean, double deviation, double expected) =>
        TruncatedNormal.UnitQuantile(share, mean, deviation).ShouldBe(expected, 1e-9);

    [Fact]
    public void Quantiles_of_the_truncated_distribution_stay_inside_and_grow()
    {
        foreach (var (mean, deviation) in new[] { (0.0, 0.01), (0.3, 0.2), (1.0, 0.01), (0.5, 10.0) })
        {
            var quantiles = Enumerable.Range(0, 101).Select(i => TruncatedNormal.UnitQuantile(i / 100.0, mean, deviation)).ToArray();
            quantiles.ShouldAllBe(q => q >= 0 && q <= 1);
            quantiles.ShouldBe(quantiles.Order());
        }
    }
}

using SearchCluster.Search.Scheduling.Wilcoxon;

namespace SearchCluster.Search.Tests.Scheduling;

public sealed class SignedRankTestTests
{
    // All rows enumerate all signs of the mid-ranks in Python (itertools.product), zero differences dropped. The first row's data are
    // Darwin's maize plants.
    [Theory]
    [InlineData(new double[] { 6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75 }, 0.0206298828125)]
    [InlineData(new double[] { 1, 2, 3 }, 0.125)]
    [InlineData(new double[] { 1, 1, -1, 2, 0, 3 }, 0.125)]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5, -0.5, 0.25, -1 }, 0.3046875)]
    [InlineData(new double[] { -1, -2, -3, -4 }, 1)]
    [InlineData(new double[] { 2, 2, 2, 2, 2 }, 0.03125)]
    [InlineData(new double[] { 0, 0 }, 1)]
    public void Small_samples_have_the_exact_probability(double[] differences, double expected) =>
        SignedRankTest.Greater(differences).ShouldBe(expected, 1e-15);

    // W+ 1240 of 60 ranks: erfc(z / sqrt 2) / 2 by Python's math.erfc, mean 915, variance 18452.5.
    [Fact]
    public void Large_samples_have_the_normal_approximation() =>
        SignedRankTest.Greater([.. Enumerable.Range(1, 60).Select(i => i % 3 == 1 ? -i : (double)i)]).ShouldBe(0.008366535803851724, 1e-12);
}

using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Tests.Numerics;

public sealed class LogExpectedImprovementTests
{
    // log(npdf(z) + z ncdf(z)) by mpmath 1.3 with 60 digits (120 below z = -50).
    [Theory]
    [InlineData(3, 1.0987396653277077727)]
    [InlineData(0.5, -0.35982768374506381859)]
    [InlineData(-0.5, -1.6205162643873199193)]
    [InlineData(-1, -2.4851210257126413368)]
    [InlineData(-1.0000001, -2.4851212161397682796)]
    [InlineData(-2, -4.7687835239171141569)]
    [InlineData(-5, -16.744301162660990143)]
    [InlineData(-10, -55.553122036122355927)]
    [InlineData(-40, -808.29856835661996024)]
    [InlineData(-200, -20011.515648259739324)]
    [InlineData(-1e4, -50000019.339619307157)]
    public void Is_exact_far_into_the_tail(double z, double expected) =>
        LogExpectedImprovement.LogH(z).Log.ShouldBe(expected, 1e-13 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.1)]
    [InlineData(-0.9)]
    [InlineData(-1.1)]
    [InlineData(-7.0)]
    [InlineData(-60.0)]
    public void Derivatives_are_those_of_the_value(double z)
    {
        const double Step = 1e-6;
        var (_, byMean, byDeviation) = LogExpectedImprovement.At(-z, 1, 0);

        var mean = (LogExpectedImprovement.At(-z + Step, 1, 0).Value - LogExpectedImprovement.At(-z - Step, 1, 0).Value) / (2 * Step);
        var deviation = (LogExpectedImprovement.At(-z, 1 + Step, 0).Value - LogExpectedImprovement.At(-z, 1 - Step, 0).Value) / (2 * Step);

        byMean.ShouldBe(mean, 1e-6 * Math.Max(1, Math.Abs(mean)));
        byDeviation.ShouldBe(deviation, 1e-6 * Math.Max(1, Math.Abs(deviation)));
    }
}

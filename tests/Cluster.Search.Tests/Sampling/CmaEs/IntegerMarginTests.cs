using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.CmaEs;

namespace SearchCluster.Search.Tests.Sampling.CmaEs;

public sealed class IntegerMarginTests
{
    // From the formulas of Hamano et al. 2022 in mpmath 1.3 with 40 digits, quantiles by root search.
    [Theory]
    [InlineData(0.45, 0.02, 0.4, 0.6, 0.5, 2.55106728462327)]
    [InlineData(0.59, 0.02, 0.4, 0.6, 0.55798056745362, 4.0301905723715)]
    [InlineData(0.1, 0.01, double.NegativeInfinity, 0.25, 0.2335514637304853, 1)]
    [InlineData(0.9, 0.01, 0.75, double.PositiveInfinity, 0.7664485362695147, 1)]
    public void Mean_and_deviation_are_those_of_the_reference(
        double mean, double deviation, double low, double high, double newMean, double factor)
    {
        var corrected = IntegerMargin.Correct(mean, deviation, low, high, 0.05);

        corrected.Mean.ShouldBe(newMean, 1e-9);
        corrected.Factor.ShouldBe(factor, 1e-8);
    }

    [Fact]
    public void A_wide_distribution_is_left_alone() =>
        IntegerMargin.Correct(0.5, 0.3, 0.4, 0.6, 0.05).ShouldBe((0.5, 1));

    [Fact]
    public void Cells_are_those_of_the_axis()
    {
        var linear = Axis.Of(new("n", new IntegerDomain(1, 4)));
        var log = Axis.Of(new("n", new IntegerDomain(1, 4, IsLog: true)));

        IntegerMargin.Cell(linear, 0.6).Low.ShouldBe(0.5, 1e-8);
        IntegerMargin.Cell(linear, 0.6).High.ShouldBe(0.75, 1e-8);
        IntegerMargin.Cell(linear, 0.1).Low.ShouldBe(double.NegativeInfinity);
        IntegerMargin.Cell(log, 0.99).High.ShouldBe(double.PositiveInfinity);

        // The cell of 4 begins at 3.5, on a log scale from 0.5 to 4.5.
        IntegerMargin.Cell(log, 0.99).Low.ShouldBe(Math.Log(3.5 / 0.5) / Math.Log(4.5 / 0.5), 1e-8);
    }
}

public sealed class CategoryProbabilitiesTests
{
    [Fact]
    public void Move_toward_the_values_of_good_results()
    {
        var moved = new CategoryProbabilities(4, 1).Learn(0.5, [(2, 0.7), (1, 0.3)]);

        // 1/4 + 0.5 × (0.7 - 1/4), and the same for the others.
        moved.Values.ToArray().Zip([0.125, 0.275, 0.475, 0.125]).ShouldAllBe(pair => Math.Abs(pair.Item1 - pair.Item2) < 1e-12);
    }

    [Fact]
    public void Never_fall_below_the_margin()
    {
        var probabilities = new CategoryProbabilities(3, 2);
        for (var i = 0; i < 100; i++)
        {
            probabilities = probabilities.Learn(0.9, [(0, 1.0)]);
        }

        // (1 - 0.73^(1/2)) / 2 for each of the other two.
        var least = (1 - Math.Sqrt(0.73)) / 2;
        probabilities.Values.ToArray().Zip([1 - (2 * least), least, least]).ShouldAllBe(pair => Math.Abs(pair.Item1 - pair.Item2) < 1e-9);
    }
}

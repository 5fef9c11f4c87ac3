using SearchCluster.Search.Sampling.GaussianProcess.Fitting;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class OutputTransformTests
{
    private static readonly double[] Wild = [.. Enumerable.Range(0, 40).Select(i => Math.Exp((0.3 * i) - 2))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Undoing_gives_the_loss_back_even_below_the_best_one_seen(bool isBent)
    {
        var transform = OutputTransform.Fit(Wild, isBent);

        foreach (var loss in Wild[..20].Append(-3).Append(0.05))
        {
            transform.Undo(transform.Apply(loss)).ShouldBe(loss, 1e-9 * Math.Max(1, Math.Abs(loss)));
        }
    }

    [Fact]
    public void Keeps_the_order()
    {
        var transform = OutputTransform.Fit(Wild, isBent: true);

        Wild.Prepend(-5).Select(transform.Apply).ShouldBeInOrder();
    }

    [Fact]
    public void Bends_losses_with_a_long_tail_of_bad_ones_but_not_of_good_ones()
    {
        OutputTransform.Fit(Wild, isBent: true).IsBent.ShouldBeTrue();
        OutputTransform.Fit([.. Enumerable.Range(0, 40).Select(i => Math.Sqrt(i))], isBent: true).IsBent.ShouldBeFalse();
    }

    [Fact]
    public void A_failed_trial_counts_as_the_worst_that_is_distinguished()
    {
        var transform = OutputTransform.Fit([1, 2, double.PositiveInfinity, 3, 4, 5], isBent: false);

        transform.Apply(double.PositiveInfinity).ShouldBe(transform.Apply(1e9));
        transform.Apply(double.PositiveInfinity).ShouldBeGreaterThanOrEqualTo(transform.Apply(5));
    }

    [Fact]
    public void Equal_losses_become_zero() => OutputTransform.Fit([2, 2, 2], isBent: true).Apply(2).ShouldBe(0);

    [Fact]
    public void The_slope_is_that_of_finite_differences_up_to_the_unit_common_to_all_losses()
    {
        var transform = OutputTransform.Fit(Wild, isBent: true);

        double Ratio(double loss) =>
            (transform.Apply(loss + 1e-6) - transform.Apply(loss - 1e-6)) / 2e-6 / Math.Exp(transform.LogSlope(loss));

        Ratio(1).ShouldBe(Ratio(10), 1e-5 * Ratio(1));
    }
}

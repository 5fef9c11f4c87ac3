using SearchCluster.Search.Sampling.Models;
using SearchCluster.Search.Sampling.Tpe;

namespace SearchCluster.Search.Tests.Sampling.Tpe;

public sealed class GoodAndOtherTests
{
    private static readonly TpeOptions Options = new() { Explore = 0 };

    private static GoodAndOther Split(IEnumerable<double> losses, params double[][] pending)
    {
        var ranked = new RankedPoints();
        foreach (var (number, loss) in losses.Index())
        {
            ranked.Add([loss], loss, number);
        }

        var split = new GoodAndOther(Options);
        split.Split(ranked, pending);
        return split;
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(250, 25)]
    [InlineData(900, 25)]
    public void A_tenth_of_the_trials_is_good_up_to_the_maximum(int trials, int good)
    {
        Split(Enumerable.Range(0, trials).Select(i => (double)-i)).Good
            .Select(point => point[0])
            .ShouldBe(Enumerable.Range(0, good).Select(i => i - trials + 1.0));
    }

    [Fact]
    public void Failed_and_pending_trials_are_among_the_others()
    {
        var split = Split([.. Enumerable.Repeat(double.PositiveInfinity, 29), 3], [0.25], [0.5]);

        split.Good.Select(point => point[0]).ShouldBe([3.0]);
        split.Other.Select(point => point[0]).ShouldBe([.. Enumerable.Repeat(double.PositiveInfinity, 29), 0.25, 0.5]);
    }

    [Fact]
    public void Better_trials_weigh_more_and_one_on_average()
    {
        var weights = Split(Enumerable.Range(0, 100).Select(i => (double)i)).GoodWeights;

        weights.ShouldBe(weights.OrderDescending());
        weights.Average().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Keeps_a_fixed_number_of_others_from_the_whole_ranking()
    {
        var others = Split(Enumerable.Range(0, 10_025).Select(i => (double)i)).Other;

        others.Count.ShouldBe(GoodAndOther.MaximumOther);
        (others[0][0], others[^1][0]).ShouldBe((25, 10_005));
    }

    [Fact]
    public void A_ranking_does_not_depend_on_the_order_in_which_points_were_added()
    {
        (double Loss, int Number)[] entries = [(2, 0), (1, 1), (2, 2), (double.PositiveInfinity, 3), (1, 4)];
        static double[] Rank(IEnumerable<(double Loss, int Number)> entries)
        {
            var ranked = new RankedPoints();
            foreach (var (loss, number) in entries)
            {
                ranked.Add([number], loss, number);
            }

            return [.. Enumerable.Range(0, ranked.Count).Select(rank => ranked.Point(rank)[0])];
        }

        Rank(entries).ShouldBe([1, 4, 0, 2, 3]);
        Rank(entries.Reverse()).ShouldBe([1, 4, 0, 2, 3]);
    }
}

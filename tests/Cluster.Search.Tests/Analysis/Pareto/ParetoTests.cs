using SearchCluster.Search.Analysis.Pareto;

namespace SearchCluster.Search.Tests.Analysis.Pareto;

public sealed class ParetoFrontTests
{
    [Fact]
    public void Holds_what_no_other_result_beats_and_all_equal_ones()
    {
        double[][] losses = [[2, 2], [1, 3], [2, 2], [3, 3], [4, 1], [1, 4], [2, 3]];

        ParetoFront.Find(losses).ShouldBe([1, 0, 2, 4]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Is_that_of_the_definition(int objectives)
    {
        var stream = new RandomStream((ulong)objectives);
        double[][] losses = [.. Enumerable.Range(0, 120)
            .Select(_ => Enumerable.Range(0, objectives).Select(_ => (double)stream.NextBelow(8)).ToArray())];

        var expected = Enumerable.Range(0, losses.Length).Where(i => !losses.Any(other => ParetoFront.Dominates(other, losses[i])));

        ParetoFront.Find(losses).Order().ShouldBe(expected);
        NonDominatedSorting.Ranks(losses).Index().Where(rank => rank.Item == 0).Select(rank => rank.Index).ShouldBe(expected);
    }

    [Fact]
    public void Ranks_peel_one_front_after_the_other() =>
        NonDominatedSorting.Ranks([[1, 4], [2, 5], [3, 6], [4, 1], [5, 5]]).ShouldBe([0, 1, 2, 0, 2]);

    [Fact]
    public void Crowding_is_the_perimeter_of_the_box_between_the_neighbours()
    {
        var crowding = NonDominatedSorting.Crowding([[0, 10], [1, 6], [4, 2], [10, 0]]);

        crowding[0].ShouldBe(double.PositiveInfinity);
        crowding[1].ShouldBe((4 / 10.0) + (8 / 10.0), 1e-15);
        crowding[2].ShouldBe((9 / 10.0) + (6 / 10.0), 1e-15);
        crowding[3].ShouldBe(double.PositiveInfinity);
    }
}

public sealed class HypervolumeTests
{
    [Fact]
    public void One_and_two_objectives_are_lengths_and_areas()
    {
        Hypervolume.Of([[3], [2]], [5]).ShouldBe(3);
        Hypervolume.Of([[1, 3], [2, 2], [3, 1], [3, 3], [5, 0]], [4, 4]).ShouldBe(6);
        Hypervolume.Of([], [1, 1]).ShouldBe(0);
    }

    // By inclusion and exclusion over all subsets of the results.
    [Fact]
    public void Three_and_four_objectives_are_those_of_inclusion_and_exclusion()
    {
        Hypervolume.Of([[1, 2, 3], [2, 1, 2], [3, 3, 1], [1, 3, 2], [2, 2, 2]], [4, 4, 4]).ShouldBe(16, 1e-12);
        Hypervolume.Of(
            [[0.1, 0.8, 0.5, 0.4], [0.6, 0.2, 0.3, 0.7], [0.3, 0.5, 0.9, 0.1], [0.9, 0.1, 0.2, 0.3], [0.4, 0.4, 0.4, 0.4]],
            [1, 1, 1, 1]).ShouldBe(0.2062, 1e-12);
    }

    // The positive octant of the unit sphere, seen from (1, 1, 1): 1 - π / 6 for infinitely many results.
    [Fact]
    public void Many_results_on_a_sphere_fill_what_lies_outside_it()
    {
        var losses = new List<double[]>();
        for (var i = 0; i <= 20; i++)
        {
            for (var j = 0; j <= 20; j++)
            {
                var (a, b) = (i * Math.PI / 40, j * Math.PI / 40);
                losses.Add([Math.Cos(a) * Math.Cos(b), Math.Cos(a) * Math.Sin(b), Math.Sin(a)]);
            }
        }

        Hypervolume.Of(losses, [1, 1, 1]).ShouldBe(1 - (Math.PI / 6), 0.04);
    }

    [Fact]
    public void The_reference_point_lies_a_tenth_of_the_range_beyond_the_worst() =>
        Hypervolume.ReferencePoint([[0, 5, 0], [10, 5, 0]]).ShouldBe([11, 5.5, 0.1]);

    [Fact]
    public void The_curve_never_falls_and_ends_at_the_whole_volume()
    {
        var stream = new RandomStream(9);
        double[]?[] losses = [.. Enumerable.Range(0, 60)
            .Select(i => i % 7 == 0 ? null : new[] { stream.NextDouble(), stream.NextDouble() })];

        var curve = Hypervolume.Curve(losses, [1, 1]);

        curve.Zip(curve.Skip(1)).ShouldAllBe(pair => pair.Item1 <= pair.Item2);
        curve[^1].ShouldBe(Hypervolume.Of([.. losses.OfType<double[]>()], [1, 1]), 1e-12);
    }
}

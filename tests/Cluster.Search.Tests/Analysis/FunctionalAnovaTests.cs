using SearchCluster.Search.Analysis.Dependence;
using SearchCluster.Search.Analysis.Forests;
using SearchCluster.Search.Analysis.Importance;

namespace SearchCluster.Search.Tests.Analysis;

public sealed class FunctionalAnovaTests
{
    private const double Exact = 1e-12;

    /// <summary>
    /// x1 below 1/4: 0; otherwise x2 below 1/2: 4, else 8. By hand: mean 4.5, variance 9.75; the marginal of x1 is 0 and 6 (variance 6.75),
    /// that of x2 is 3 and 6 (variance 2.25), so the interaction has 0.75.
    /// </summary>
    private static RandomForest HandMade()
    {
        var sample = Samples.OfFunction(2, 10, point => point[0]);
        return RandomForest.Of(sample, new RegressionTree(
            sample.Encoding.Axes,
            [new(0, 0.25, null, 1, 2, 0), TreeNode.Leaf(0), new(1, 0.5, null, 3, 4, 0), TreeNode.Leaf(4), TreeNode.Leaf(8)]));
    }

    [Fact]
    public void Shares_of_a_tree_made_by_hand_are_those_computed_by_hand()
    {
        var report = FunctionalAnova.Compute(HandMade(), withPairs: true);

        report.Parameters.Select(p => p.Parameter).ShouldBe(["x1", "x2"]);
        report.Parameters[0].Share.ShouldBe(6.75 / 9.75, Exact);
        report.Parameters[1].Share.ShouldBe(2.25 / 9.75, Exact);
        report.Pairs.ShouldHaveSingleItem().Share.ShouldBe(0.75 / 9.75, Exact);
    }

    [Fact]
    public void Dependence_of_a_tree_made_by_hand_is_that_computed_by_hand()
    {
        var ofFirst = PartialDependence.OfParameter(HandMade(), 0);
        var ofSecond = PartialDependence.OfParameter(HandMade(), 1);
        var ofBoth = PartialDependence.OfPair(HandMade(), 0, 1);

        ofFirst.ShouldAllBe(point => Math.Abs(point.Mean - (point.Place < 0.25 ? 0 : 6)) < Exact);
        ofSecond.ShouldAllBe(point => Math.Abs(point.Mean - (point.Place < 0.5 ? 3 : 6)) < Exact);
        (ofBoth[0].Mean, ofBoth[^1].Mean).ShouldBe((0, 8));
        (ofFirst[0].Value, ofFirst[^1].Value).ShouldBe((ParameterValue.Real(0), ParameterValue.Real(1)));
    }

    [Fact]
    public void Sets_of_levels_count_by_their_share_of_the_levels()
    {
        // kind a or c: 3, otherwise 0; numbers: x below 1/2 adds nothing. Mean 2, variance 2, all of it from the kind.
        SearchSpace space = new([new("kind", Samples.Items("a", "b", "c")), new("x", new RealDomain(0, 1))]);
        var sample = Samples.Create(space, Enumerable.Range(0, 12).Select(i =>
            Samples.Trial(i, i % 3, ("kind", ParameterValue.Text("abc".Substring(i % 3, 1))), ("x", ParameterValue.Real(i / 12.0)))));
        var tree = new RegressionTree(sample.Encoding.Axes, [new(0, 0, [true, false, true], 1, 2, 0), TreeNode.Leaf(3), TreeNode.Leaf(0)]);

        var report = FunctionalAnova.Compute(RandomForest.Of(sample, tree));
        var points = PartialDependence.OfParameter(RandomForest.Of(sample, tree), 0);

        report.Parameters.Select(p => (p.Parameter, Math.Round(p.Share, 12))).ShouldBe([("kind", 1), ("x", 0)]);
        points.Select(point => (point.Value.ToString(), Math.Round(point.Mean, 12))).ShouldBe([("a", 3), ("b", 0), ("c", 3)]);
    }

    [Fact]
    public void Exact_shares_of_a_grown_tree_equal_sums_over_a_fine_grid()
    {
        const int Cells = 400;
        var sample = Samples.OfFunction(2, 60, point => Math.Sin(6 * point[0]) + (2 * point[0] * point[1]));
        var forest = RandomForest.Fit(sample, RandomForestOptions.Default with { Trees = 1 }, 3);
        var places = Enumerable.Range(0, Cells).Select(i => (i + 0.5) / Cells).ToArray();
        var values = places.Select(x => places.Select(y => forest.Predict([x, y]).Mean).ToArray()).ToArray();
        var mean = values.Average(row => row.Average());
        var total = values.Average(row => row.Average(value => (value - mean) * (value - mean)));
        var first = values.Average(row => (row.Average() - mean) * (row.Average() - mean)) / total;
        var second = places.Select((_, y) => values.Average(row => row[y]) - mean).Average(deviation => deviation * deviation) / total;

        var report = FunctionalAnova.Compute(forest, withPairs: true);

        report.Parameters.Single(p => p.Parameter == "x1").Share.ShouldBe(first, 0.005);
        report.Parameters.Single(p => p.Parameter == "x2").Share.ShouldBe(second, 0.005);
        report.Pairs[0].Share.ShouldBe(1 - first - second, 0.005);
    }

    [Fact]
    public void The_same_seed_gives_the_same_shares()
    {
        var sample = Samples.OfFunction(3, 80, point => point[0] + (point[1] * point[2]));

        var one = FunctionalAnova.Compute(RandomForest.Fit(sample, RandomForestOptions.Default, 5), withPairs: true);
        var other = FunctionalAnova.Compute(RandomForest.Fit(sample, RandomForestOptions.Default, 5), withPairs: true);

        other.ShouldBe(one);
    }

    [Fact]
    public void Shares_do_not_depend_on_the_unit_of_the_loss()
    {
        // A power of two changes no digit, and the squares of such losses would overflow.
        static double Loss(double[] point) => point[0] + (point[1] * point[2]);
        var huge = Math.ScaleB(1, 900);

        var one = RandomForest.Fit(Samples.OfFunction(3, 80, Loss), RandomForestOptions.Default, 5);
        var other = RandomForest.Fit(Samples.OfFunction(3, 80, point => huge * Loss(point)), RandomForestOptions.Default, 5);

        FunctionalAnova.Compute(other, withPairs: true).ShouldBe(FunctionalAnova.Compute(one, withPairs: true));
        other.ExplainedShare.ShouldBe(one.ExplainedShare);
        PartialDependence.OfParameter(other, 0).ShouldAllBe(point => double.IsFinite(point.Mean) && double.IsFinite(point.Spread));
    }

    [Fact]
    public void A_parameter_that_is_rarely_active_or_of_a_single_value_is_no_trouble()
    {
        SearchSpace space = new(
        [
            new("kind", Samples.Items("sgd", "adam")),
            new("momentum", new RealDomain(0, 1), When: [new("kind", new OneOfTest([ParameterValue.Text("sgd")]))]),
            new("fixed", new IntegerDomain(4, 4)),
        ]);
        var sample = Samples.Create(space, Enumerable.Range(0, 40).Select(i => i % 8 == 0
            ? Samples.Trial(
                i,
                5,
                ("kind", ParameterValue.Text("sgd")),
                ("momentum", ParameterValue.Real(i / 40.0)),
                ("fixed", ParameterValue.Integer(4)))
            : Samples.Trial(i, 1, ("kind", ParameterValue.Text("adam")), ("fixed", ParameterValue.Integer(4)))));

        var report = FunctionalAnova.Compute(RandomForest.Fit(sample, RandomForestOptions.Default, 1), withPairs: true);

        report.Parameters[0].Parameter.ShouldBe("kind");
        report.Parameters.Single(p => p.Parameter == "fixed").Share.ShouldBe(0);
        report.Parameters.Sum(p => p.Share).ShouldBeInRange(0.5, 1 + Exact);
    }
}

using SearchCluster.Search.Analysis.Forests;
using SearchCluster.Search.Analysis.Importance;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Tests.Analysis;

public sealed class PedAnovaTests
{
    private const double Exact = 1e-9;

    [Fact]
    public void Shares_of_counted_items_are_those_computed_by_hand()
    {
        // 20 trials, the best 5 count. "a" is half of all; it is 5 of the best for p, 3 of the best for r. With one observation's worth of
        // the prior: p = 5.5/6 against 1/2 gives a divergence of (5/6)^2 = 25/36, r = 3.5/6 against 1/2 gives (1/6)^2 = 1/36.
        SearchSpace space = new([new("p", Samples.Items("a", "b")), new("r", Samples.Items("a", "b"))]);
        var sample = Samples.Create(space, Enumerable.Range(0, 20).Select(i =>
            Samples.Trial(i, i, ("p", Letter(i < 10)), ("r", Letter(i < 5 ? i < 3 : i < 12)))));

        var report = PedAnova.Compute(sample, PedAnovaOptions.Default, seed: 1);

        report.Parameters.Select(p => p.Parameter).ShouldBe(["p", "r"]);
        report.Parameters[0].Share.ShouldBe(25.0 / 26, Exact);
        report.Parameters[1].Share.ShouldBe(1.0 / 26, Exact);
        report.Parameters[0].Spread.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_density_of_ordered_values_is_a_mixture_of_kernels_cut_off_at_the_ends()
    {
        // One observation at the first of three levels, bandwidth half a cell; the kernel's masses are differences of the normal
        // distribution function at -1, 1, 3, 5, divided by their sum; halved, plus 1/6 of the prior. Computed with Python's math.erf.
        var axis = Axis.Of(new ParameterSpec("n", new IntegerDomain(1, 3)));

        var density = new CellDensity(axis).Estimate([axis.MiddleOf(0)]);

        density[0].ShouldBe(0.5723800962233141, Exact);
        density[1].ShouldBe(0.2601511807317116, Exact);
        density[2].ShouldBe(0.16746872304497426, Exact);
        density.Sum().ShouldBe(1, Exact);
    }

    [Fact]
    public void What_makes_trials_the_best_counts_and_what_makes_them_bad_does_not()
    {
        // x1 decides whether a trial is bad, x2 which of the good ones is best. The best tenth has x1 above 1/2 and x2 below 1/5:
        // divergences (2 - 1)^2 / 2 + 1/2 = 1 and (5 - 1)^2 / 5 + 4/5 = 4, so x2 has 4/5; kernels smooth the borders.
        var sample = Samples.OfFunction(2, 500, point => point[0] < 0.5 ? 100 * (1 - point[0]) : point[1]);

        var report = PedAnova.Compute(sample, PedAnovaOptions.Default, seed: 1);
        var overall = FunctionalAnova.Compute(RandomForest.Fit(sample, RandomForestOptions.Default, seed: 1));

        report.Parameters[0].Parameter.ShouldBe("x2");
        report.Parameters[0].Share.ShouldBe(0.8, 0.05);
        overall.Parameters[0].Parameter.ShouldBe("x1");
    }

    [Fact]
    public void A_conditional_parameter_is_compared_where_it_is_active()
    {
        SearchSpace space = new(
        [
            new("kind", Samples.Items("a", "b")),
            new("x", new RealDomain(0, 1), When: [new("kind", new OneOfTest([ParameterValue.Text("a")]))]),
        ]);
        var sample = Samples.Create(space, Enumerable.Range(0, 60).Select(i => i % 2 == 0
            ? Samples.Trial(i, 10 + (i / 60.0), ("kind", Letter(true)), ("x", ParameterValue.Real(i / 60.0)))
            : Samples.Trial(i, i, ("kind", Letter(false)))));

        var report = PedAnova.Compute(sample, PedAnovaOptions.Default, seed: 1);

        report.Parameters.Sum(p => p.Share).ShouldBe(1, Exact);
        report.Parameters.ShouldAllBe(p => double.IsFinite(p.Share) && double.IsFinite(p.Spread));
    }

    private static ParameterValue Letter(bool isFirst) => ParameterValue.Text(isFirst ? "a" : "b");
}

using SearchCluster.Search.Analysis;
using SearchCluster.Search.Analysis.Forests;
using SearchCluster.Search.Analysis.Importance;

namespace SearchCluster.Search.Tests.Analysis;

/// <summary>On functions whose variance decomposition is known, the shares come near it.</summary>
[Trait("Category", "Convergence")]
public sealed class FunctionalAnovaConvergenceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_additive_function_has_the_shares_of_its_terms(ulong seed)
    {
        // Variances of the terms: 9/12, 1/12, 0.
        var report = Compute(Samples.OfFunction(3, 400, point => (3 * point[0]) + point[1], seed), seed);

        Share(report, "x1").ShouldBe(0.9, 0.05, Text(report));
        Share(report, "x2").ShouldBe(0.1, 0.05, Text(report));
        Share(report, "x3").ShouldBe(0, 0.01, Text(report));
        report.Pairs[0].Share.ShouldBeLessThan(0.05, Text(report));
    }

    [Fact]
    public void The_Ishigami_function_has_its_published_shares()
    {
        // a = 7, b = 0.1 on [-pi, pi]^3: S1 = 0.3139, S2 = 0.4424, S13 = 0.2437, the others 0. Closed forms:
        // V1 = (1 + b pi^4/5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50). Source: Sobol and Levitan, Computer Physics
        // Communications 117, 1999. Trees find the four slopes of x2 only inside boxes of the others, so part
        // of its share counts as interaction.
        var report = Compute(Samples.OfFunction(3, 2000, Ishigami), 3);

        Share(report, "x1").ShouldBe(0.3139, 0.06, Text(report));
        Share(report, "x2").ShouldBe(0.4424, 0.13, Text(report));
        report.Parameters.Select(p => p.Parameter).ShouldBe(["x2", "x1", "x3"], Text(report));
        Share(report, "x3").ShouldBe(0, 0.03, Text(report));
        report.Pairs[0].ShouldSatisfyAllConditions(
            pair => (pair.First, pair.Second).ShouldBe(("x1", "x3")),
            pair => pair.Share.ShouldBe(0.2437, 0.08, Text(report)));
    }

    [Fact]
    public void The_forest_explains_a_smooth_function_and_not_noise()
    {
        var noise = new RandomStream(9);

        var smooth = RandomForest.Fit(
            Samples.OfFunction(2, 300, point => Math.Sin(3 * point[0]) + point[1]), RandomForestOptions.Default, 1);
        var random = RandomForest.Fit(Samples.OfFunction(2, 300, _ => noise.NextGaussian()), RandomForestOptions.Default, 1);

        smooth.ExplainedShare!.Value.ShouldBeGreaterThan(0.9);
        random.ExplainedShare!.Value.ShouldBeLessThan(0.1);
    }

    private static double Ishigami(double[] point)
    {
        var x = point.Select(place => Math.PI * ((2 * place) - 1)).ToArray();
        return Math.Sin(x[0]) + (7 * Math.Pow(Math.Sin(x[1]), 2)) + (0.1 * Math.Pow(x[2], 4) * Math.Sin(x[0]));
    }

    private static ImportanceReport Compute(AnalysisSample sample, ulong seed) =>
        FunctionalAnova.Compute(RandomForest.Fit(sample, RandomForestOptions.Default, seed), withPairs: true);

    private static double Share(ImportanceReport report, string parameter) => report.Parameters.Single(p => p.Parameter == parameter).Share;

    private static string Text(ImportanceReport report) =>
        string.Join('\n', report.Parameters.Select(p => p.ToString()).Concat(report.Pairs.Select(p => p.ToString())));
}

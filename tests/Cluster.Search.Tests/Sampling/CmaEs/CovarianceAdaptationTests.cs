using SearchCluster.Search.Sampling.CmaEs;

namespace SearchCluster.Search.Tests.Sampling.CmaEs;

public sealed class CovarianceAdaptationTests
{
    // From the formulas of Hansen 2016, table 1, in mpmath 1.3 with 30 digits.
    [Fact]
    public void Strategy_parameters_are_those_of_the_tutorial()
    {
        var p = new StrategyParameters(10, 10);

        double[] actual = [p.MuEff, p.CSigma, p.DSigma, p.CC, p.C1, p.CMu, p.Weights[0], p.Weights[^1]];

        double[] expected = [
            3.16729928141,
            0.284428587946,
            1.28442858795,
            0.294990383036,
            0.0152838245248,
            0.0235517766504,
            0.456272646903,
            -0.549749917697,
        ];
        actual.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.Item1 - pair.Item2) < 1e-11);
    }

    // Two updates in mpmath 1.3 with 40 digits, written from the equations with the symmetric square root of C by eigsy.
    [Fact]
    public void Two_generations_give_the_reference_distribution()
    {
        var parameters = new StrategyParameters(2, 6);
        var model = new CovarianceAdaptation([0.4, 0.6], 0.2, parameters, adaptsRates: false);

        model.Update([[1, 0.5], [0.3, -0.4], [-0.2, 0.9], [-1.1, 0.2], [0.6, -1.3], [-0.7, -0.8]], parameters.Weights);
        ShouldBe(model, [0.5413472428416953, 0.6550483273668141], 0.1832845690744468, [0.1818125538340659, 0.1608654475022553]);

        model.Update([[0.5, 0.25], [0.8, -0.1], [0.1, 0.4], [-0.6, 0.3], [0.2, -1.0], [-0.9, -0.5]], parameters.Weights);
        ShouldBe(model, [0.6428898649141035, 0.6847694755208221], 0.1802764876752136, [0.1766194635680686, 0.1401788372154075]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Learns_the_shape_of_a_badly_scaled_ellipsoid(bool adaptsRates)
    {
        const int N = 5, Population = 8;
        var parameters = new StrategyParameters(N, Population);
        var model = new CovarianceAdaptation([.. Enumerable.Repeat(0.2, N)], 0.1, parameters, adaptsRates);
        var stream = new RandomStream(7);
        for (var generation = 0; generation < 500; generation++)
        {
            var steps = Enumerable.Range(0, Population).Select(_ => Step(model, stream)).OrderBy(step => Loss(model, step)).ToArray();
            model.Update(steps, parameters.Weights);
        }

        Loss(model, new double[N]).ShouldBeLessThan(1e-9);
        static double Loss(CovarianceAdaptation m, double[] step) =>
            step.Select((y, i) => Math.Pow(10, i) * Math.Pow(m.Mean[i] + (m.StepSize * y) - 0.6, 2)).Sum();
    }

    [Fact]
    public void Results_with_the_same_loss_share_their_weights()
    {
        double[] weights = [0.6, 0.4, -0.1, -0.3];

        var shared = Generation.Weights([([], 1, true), ([], 2, true), ([], 2, true), ([], 2, true)], weights);

        shared[0].ShouldBe(0.6);
        shared[1..].ShouldAllBe(weight => Math.Abs(weight) < 1e-15);
    }

    private static double[] Step(CovarianceAdaptation model, RandomStream stream)
    {
        var normal = Array.ConvertAll(model.Lengths, length => length * stream.NextGaussian());
        return [.. model.Axes.Multiply(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(normal))];
    }

    private static void ShouldBe(CovarianceAdaptation model, double[] mean, double stepSize, double[] deviations)
    {
        model.Mean.Zip(mean).ShouldAllBe(pair => Math.Abs(pair.Item1 - pair.Item2) < 1e-13);
        model.StepSize.ShouldBe(stepSize, 1e-13);
        deviations.Index().ShouldAllBe(d => Math.Abs(model.Deviation(d.Index) - d.Item) < 1e-13);
    }
}

using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;
using SearchCluster.Search.Sampling.Random;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class InputWarpTests(ITestOutputHelper output)
{
    private const double Step = 1e-6;
    private static readonly KernelLayout Layout = new([false, true, false], IsAdditive: true, IsWarped: true);
    private static readonly double[] Logs = [-0.5, 0.3, 0.2, -1, -0.4, 0.6, 0.1, -0.7, -4, 0.4, 0, -0.3, 0.2, 0, 0.5];

    [Fact]
    public void Keeps_the_ends_and_codes_and_is_the_identity_for_exponents_of_one()
    {
        double[] ends = [0, 2, 1];
        new InputWarp(Layout, Logs).Apply(ends);
        ends.ShouldBe([0.0, 2.0, 1.0]);

        double[] inside = [0.3, 1, 0.8];
        new InputWarp(Layout, new double[Layout.Count]).Apply(inside);
        inside[0].ShouldBe(0.3, 1e-12);
        inside[2].ShouldBe(0.8, 1e-12);
    }

    [Fact]
    public void Slopes_are_those_of_finite_differences()
    {
        for (var x = 0.05; x < 1; x += 0.1)
        {
            var (byA, byB) = new InputWarp(Layout, Logs).ByLogs(0, x);
            new InputWarp(Layout, Logs).Slope(0, x).ShouldBe((At(Logs, x + Step) - At(Logs, x - Step)) / (2 * Step), 1e-6);
            byA.ShouldBe((At(With(Layout.WarpA(0), Step), x) - At(With(Layout.WarpA(0), -Step), x)) / (2 * Step), 1e-6);
            byB.ShouldBe((At(With(Layout.WarpB(0), Step), x) - At(With(Layout.WarpB(0), -Step), x)) / (2 * Step), 1e-6);
        }
    }

    [Fact]
    public void The_gradient_of_the_likelihood_is_that_of_finite_differences()
    {
        var columns = new FeatureColumns(3);
        var targets = new double[14];
        for (var i = 0; i < targets.Length; i++)
        {
            columns.Add([Place(i, 0), i % 3, Place(i, 2)]);
            targets[i] = Math.Sin(4 * Place(i, 0)) + Place(i, 2);
        }

        var likelihood = new MarginalLikelihood(Layout, new HyperparameterPrior(Layout), columns, targets);
        var (gradient, ignored) = (new double[Layout.Count], new double[Layout.Count]);
        likelihood.Evaluate(Logs, gradient);
        for (var i = 0; i < Layout.Count; i++)
        {
            var expected = (likelihood.Evaluate(With(i, 1e-5), ignored) - likelihood.Evaluate(With(i, -1e-5), ignored)) / 2e-5;
            gradient[i].ShouldBe(expected, 1e-4 * Math.Max(1, Math.Abs(expected)), $"hyperparameter {i}");
        }
    }

    // The loss waves fast near 0 and not at all near 1: stationary only after stretching. Thirty trials to
    // learn from, two hundred points to predict.
    [Fact]
    public void Predicts_better_where_a_loss_changes_fast_at_one_end()
    {
        double[] plain = [.. Enumerable.Range(0, 8).Select(seed => LogDensity(seed, isWarped: false))];
        double[] warped = [.. Enumerable.Range(0, 8).Select(seed => LogDensity(seed, isWarped: true))];

        output.WriteLine($"plain  {string.Join(" ", plain.Select(value => value.ToString("F2", null)))}");
        output.WriteLine($"warped {string.Join(" ", warped.Select(value => value.ToString("F2", null)))}");
        warped.Average().ShouldBeGreaterThan(plain.Average() + 0.1);
    }

    private static double LogDensity(int seed, bool isWarped)
    {
        static double Loss(double x) => Math.Sin(14 * Math.Pow(x, 0.3));
        var space = new SearchSpace([new("x", new RealDomain(0, 1))]);
        var spec = SampleSpaces.Spec("mixed") with { Space = space, Seed = (ulong)seed };
        var search = new PlayedSearch(spec, new RandomSampler(space));
        for (var i = 0; i < 30; i++)
        {
            var trial = search.Ask();
            trial.Values.TryGet("x", out var value).ShouldBeTrue();
            value.TryGetNumber(out var x);
            search.Tell(trial.Id, Loss(x));
        }

        var encoding = new SpaceEncoding(space);
        var observations = new Observations(encoding);
        observations.Update(search.View);
        var model = new GaussianProcessModel(encoding, new() { Additive = false, Warping = isWarped });
        model.Update(observations, [], 30);
        var sum = 0.0;
        for (var i = 0; i < 200; i++)
        {
            var prediction = model.Predict([(i + 0.5) / 200]);
            var z = (Loss((i + 0.5) / 200) - prediction.Mean) / (prediction.StandardDeviation + 1e-3);
            sum -= (0.5 * z * z) + Math.Log(prediction.StandardDeviation + 1e-3);
        }

        return sum / 200;
    }

    private static double[] With(int index, double change)
    {
        var logs = Logs.ToArray();
        logs[index] += change;
        return logs;
    }

    private static double At(double[] logs, double x)
    {
        double[] features = [x, 0, x];
        new InputWarp(Layout, logs).Apply(features);
        return features[0];
    }

    private static double Place(int i, int feature) => ((i * (feature + 0.618)) + 0.1) % 1;
}

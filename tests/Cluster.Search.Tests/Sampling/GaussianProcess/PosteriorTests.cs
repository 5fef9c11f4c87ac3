using MathNet.Numerics.LinearAlgebra;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;
using SearchCluster.Search.Sampling.GaussianProcess.Prediction;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class PosteriorTests
{
    private static readonly double[][] Points = [[0.2, 0.3], [0.8, 0.7], [0.5, 0.1], [0.1, 0.9], [0.6, 0.5], [0.35, 0.65]];
    private static readonly double[][] Pending = [[0.9, 0.1], [0.97, 0.25]];
    private static readonly KernelLayout Layout = new([false, false], IsAdditive: true);
    private static readonly double[] Logs = [-0.5, -0.4, 0, 0.1, 0.2, -0.3, Math.Log(1e-9)];
    private static readonly SpaceEncoding Encoding = new(new SearchSpace([new("x", new RealDomain(0, 1)), new("y", new RealDomain(0, 1))]));

    [Fact]
    public void Goes_through_the_observations_when_there_is_no_noise()
    {
        var (posterior, transform) = Observed();

        var (mean, deviation) = posterior.Predict([0.2, 0.3]);

        transform.Undo(mean).ShouldBe(Loss(0.2, 0.3), 1e-4);
        deviation.ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void A_believed_point_lowers_the_deviation_and_leaves_the_mean()
    {
        var (posterior, _) = Observed();
        var before = posterior.Predict([0.9, 0.15]);

        posterior.Believe([0.9, 0.1]);
        var after = posterior.Predict([0.9, 0.15]);
        posterior.Forget();

        after.Mean.ShouldBe(before.Mean, 1e-10);
        after.Deviation.ShouldBeLessThan(before.Deviation);
        posterior.Predict([0.9, 0.15]).ShouldBe(before);
    }

    [Fact]
    public void The_gradient_of_the_improvement_is_that_of_finite_differences()
    {
        const double Step = 1e-6;
        var (posterior, _) = Observed();
        posterior.Believe([0.9, 0.1]);
        var gradient = new double[2];

        posterior.LogImprovement([0.7, 0.4], gradient);

        gradient[0].ShouldBe(
            (posterior.LogImprovement([0.7 + Step, 0.4]) - posterior.LogImprovement([0.7 - Step, 0.4])) / (2 * Step),
            1e-4 * Math.Abs(gradient[0]));
        gradient[1].ShouldBe(
            (posterior.LogImprovement([0.7, 0.4 + Step]) - posterior.LogImprovement([0.7, 0.4 - Step])) / (2 * Step),
            1e-4 * Math.Abs(gradient[1]));
    }

    [Fact]
    public void The_gradient_of_an_imagined_improvement_is_that_of_finite_differences()
    {
        const double Step = 1e-6;
        var (posterior, _) = Observed();
        Pend(posterior, samples: 8);
        var gradient = new double[2];

        posterior.LogImprovement([0.7, 0.4], gradient);

        gradient[0].ShouldBe(
            (posterior.LogImprovement([0.7 + Step, 0.4]) - posterior.LogImprovement([0.7 - Step, 0.4])) / (2 * Step),
            1e-4 * Math.Abs(gradient[0]));
        gradient[1].ShouldBe(
            (posterior.LogImprovement([0.7, 0.4 + Step]) - posterior.LogImprovement([0.7, 0.4 - Step])) / (2 * Step),
            1e-4 * Math.Abs(gradient[1]));
    }

    // q-EI by brute force: a million draws of the joint normal of two pending points and a new one, from the textbook's matrices.
    [Fact]
    public void The_imagined_improvement_is_what_the_new_point_adds_to_q_EI()
    {
        double[] candidate = [1, 0.4];
        var (posterior, transform) = Observed();
        var best = posterior.Best;
        Pend(posterior, samples: 100_000);

        var (mean, root) = Joint([.. Pending, candidate], transform);
        var stream = new RandomStream(11);
        const int Draws = 1_000_000;
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var (x, y, z) = (stream.NextGaussian(), stream.NextGaussian(), stream.NextGaussian());
            var without = Math.Min(best, Math.Min(mean[0] + (root[0, 0] * x), mean[1] + (root[1, 0] * x) + (root[1, 1] * y)));
            sum += Math.Max(0, without - (mean[2] + (root[2, 0] * x) + (root[2, 1] * y) + (root[2, 2] * z)));
        }

        Math.Exp(posterior.LogImprovement(candidate)).ShouldBe(sum / Draws, 0.05 * sum / Draws);
    }

    [Fact]
    public void Each_sample_is_the_closed_form_given_what_it_imagines()
    {
        double[] candidate = [0.9, 0.02];
        var (posterior, transform) = Observed();
        Pend(posterior, samples: 1);
        var (mean, root) = Joint([.. Pending, candidate], transform);
        foreach (var normal in new double[][] { [0, 0], [1, 0], [0, 1], [-1, -1], [2, -1] })
        {
            posterior.Imagine([normal]);

            var best = Math.Min(
                posterior.Best,
                Math.Min(mean[0] + (root[0, 0] * normal[0]), mean[1] + (root[1, 0] * normal[0]) + (root[1, 1] * normal[1])));
            var expected = LogExpectedImprovement.At(mean[2] + (root[2, 0] * normal[0]) + (root[2, 1] * normal[1]), root[2, 2], best).Value;
            posterior.LogImprovement(candidate).ShouldBe(expected, 1e-5 * Math.Abs(expected));
        }
    }

    [Fact]
    public void An_imagined_result_lowers_the_improvement_near_the_pending_point()
    {
        var (posterior, _) = Observed();
        var before = posterior.LogImprovement([0.9, 0.11]);
        var far = posterior.LogImprovement([0.05, 0.5]);

        Pend(posterior, samples: 64);

        (before - posterior.LogImprovement([0.9, 0.11])).ShouldBeGreaterThan(2 * (far - posterior.LogImprovement([0.05, 0.5])));
    }

    private static (Vector<double> Mean, Matrix<double> Root) Joint(double[][] points, OutputTransform transform)
    {
        double[][] all = [.. Points, .. points];
        var kernel = new StructuredKernel(Layout, Logs);
        var columns = new FeatureColumns(2);
        foreach (var point in all)
        {
            columns.Add(point);
        }

        var covariance = Matrix<double>.Build.Dense(all.Length, all.Length);
        var factor = new CholeskyFactor();
        for (var i = 0; i < all.Length; i++)
        {
            var (row, slopes) = (new double[all.Length], new double[all.Length]);
            kernel.Row(all[i], columns, row, slopes);
            row[i] += kernel.Noise;
            covariance.SetRow(i, row);
            if (i < Points.Length)
            {
                factor.Append(row.AsSpan(0, i + 1), 1e-13);
            }
        }

        double[] targets = [.. Points.Select(point => transform.Apply(Loss(point[0], point[1])))];
        var constant = ConstantMean.Solve(factor, targets).Mean;
        var (n, q) = (Points.Length, points.Length);
        var known = covariance.SubMatrix(0, n, 0, n);
        var cross = covariance.SubMatrix(n, q, 0, n);
        var mean = (cross * known.Solve(Vector<double>.Build.Dense([.. targets.Select(target => target - constant)]))) + constant;
        var left = covariance.SubMatrix(n, q, n, q) - (cross * known.Solve(cross.Transpose()));
        return (mean, left.Cholesky().Factor);
    }

    private static void Pend(Posterior posterior, int samples)
    {
        foreach (var point in Pending)
        {
            posterior.Believe(point);
        }

        var stream = new RandomStream(5);
        posterior.Imagine([.. Enumerable.Range(0, samples).Select(_ => new[] { stream.NextGaussian(), stream.NextGaussian() })]);
    }

    private static double Loss(double x, double y) => Math.Sin(4 * x) + (y * y);

    private static (Posterior Posterior, OutputTransform Transform) Observed()
    {
        double[] losses = [.. Points.Select(point => Loss(point[0], point[1]))];
        var transform = OutputTransform.Fit(losses, isBent: false);
        var posterior = new Posterior(new FeatureMap(Encoding), new ModelFit(6, Layout, Logs, transform, [0, 1, 2, 3, 4, 5], 0));
        posterior.Observe(Points, losses);
        return (posterior, transform);
    }
}

using SearchCluster.Search.Sampling.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class PosteriorTests
{
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

        gradient[0].ShouldBe((posterior.LogImprovement([0.7 + Step, 0.4]) - posterior.LogImprovement([0.7 - Step, 0.4])) / (2 * Step), 1e-4 * Math.Abs(gradient[0]));
        gradient[1].ShouldBe((posterior.LogImprovement([0.7, 0.4 + Step]) - posterior.LogImprovement([0.7, 0.4 - Step])) / (2 * Step), 1e-4 * Math.Abs(gradient[1]));
    }

    private static double Loss(double x, double y) => Math.Sin(4 * x) + (y * y);

    private static (Posterior Posterior, OutputTransform Transform) Observed()
    {
        double[][] points = [[0.2, 0.3], [0.8, 0.7], [0.5, 0.1], [0.1, 0.9], [0.6, 0.5], [0.35, 0.65]];
        double[] losses = [.. points.Select(point => Loss(point[0], point[1]))];
        var transform = OutputTransform.Fit(losses, isBent: false);
        var layout = new KernelLayout([false, false], IsAdditive: true);
        var posterior = new Posterior(new FeatureMap(Encoding), new ModelFit(6, layout, [-0.5, -0.4, 0, 0.1, 0.2, -0.3, Math.Log(1e-9)], transform, [0, 1, 2, 3, 4, 5], 0));
        posterior.Observe(points, losses);
        return (posterior, transform);
    }
}

using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Tests.Numerics;

public sealed class BoxMinimizerTests
{
    [Fact]
    public void Follows_the_valley_of_rosenbrock_to_its_end()
    {
        double[] x = [-1.2, 1];

        var value = new BoxMinimizer([-5, -5], [5, 5]).Minimize(Rosenbrock, x, 200, 0.1, 1e-9);

        value.ShouldBeLessThan(1e-12);
        x.ShouldBe([1, 1], 1e-5);
    }

    [Fact]
    public void Ends_on_the_bound_where_the_minimum_lies_outside()
    {
        // (x - 3)² + (y + 1)² + x y over [0, 1]²: the gradient at (1, 0) is (-4, 3), outward in both.
        double[] x = [0.5, 0.5];

        new BoxMinimizer([0, 0], [1, 1]).Minimize(Bowl, x, 50, 0.1, 1e-9);

        x.ShouldBe([1, 0]);
    }

    [Fact]
    public void Stays_where_the_function_does_not_exist()
    {
        double[] x = [0.5];

        new BoxMinimizer([0], [1])
            .Minimize((_, gradient) => { gradient[0] = 1; return double.PositiveInfinity; }, x, 50, 0.1, 1e-9)
            .ShouldBe(double.PositiveInfinity);

        x.ShouldBe([0.5]);
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var valley = x[1] - (x[0] * x[0]);
        gradient[0] = (-400 * x[0] * valley) - (2 * (1 - x[0]));
        gradient[1] = 200 * valley;
        return (100 * valley * valley) + ((1 - x[0]) * (1 - x[0]));
    }

    private static double Bowl(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient[0] = (2 * (x[0] - 3)) + x[1];
        gradient[1] = (2 * (x[1] + 1)) + x[0];
        return ((x[0] - 3) * (x[0] - 3)) + ((x[1] + 1) * (x[1] + 1)) + (x[0] * x[1]);
    }
}

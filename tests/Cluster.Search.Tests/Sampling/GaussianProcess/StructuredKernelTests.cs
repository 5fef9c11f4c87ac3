using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class StructuredKernelTests
{
    private const double Step = 1e-6;
    private static readonly KernelLayout Layout = new([false, true, false], IsAdditive: true);
    private static readonly double[] Logs = [-0.5, 0.3, 0.2, -1, -0.4, 0.6, 0.1, -0.7, -4];

    // (1 + t + t²/3) e^-t with t = √5 r by mpmath 1.3.
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.25, 0.82864914241812531)]
    [InlineData(1.0, 0.52399410883182031)]
    [InlineData(9.0, 0.02772342191462581)]
    public void Is_the_matern_correlation(double squares, double expected) => MaternLoops.At(squares).ShouldBe(expected, 1e-14);

    [Fact]
    public void A_row_is_the_sum_of_the_joint_and_the_additive_part()
    {
        var kernel = new StructuredKernel(Layout, Logs);
        double[] point = [0.3, 2, 0.8];
        var (row, slopes) = (new double[9], new double[9]);

        kernel.Row(point, Columns(9), row, slopes);

        for (var j = 0; j < 9; j++)
        {
            double[] other = [Place(j, 0), j % 3, Place(j, 2)];
            double[] squares = [Square(point[0] - other[0]), point[1] == other[1] ? 0 : 1, Square(point[2] - other[2])];
            var joint = Enumerable.Range(0, 3).Sum(f => squares[f] * Math.Exp(-2 * Logs[f]));
            var expected = (Math.Exp(Logs[6]) * MaternLoops.At(joint)) + Enumerable.Range(0, 3)
                .Sum(f => Math.Exp(Logs[7]) / 3 * MaternLoops.At(squares[f] * Math.Exp(-2 * Logs[3 + f])));
            row[j].ShouldBe(expected, 1e-13);
        }
    }

    [Fact]
    public void The_gradient_by_the_point_is_that_of_finite_differences()
    {
        var kernel = new StructuredKernel(Layout, Logs);
        double[] point = [0.31, 1, 0.77];
        double[] weights = [.. Enumerable.Range(0, 9).Select(i => Math.Cos(3 * i))];
        var gradient = new double[3];
        var (row, slopes) = (new double[9], new double[9]);
        kernel.Row(point, Columns(9), row, slopes);

        kernel.Gradient(point, Columns(9), weights, slopes, gradient);

        gradient[0].ShouldBe((Sum([point[0] + Step, 1, point[2]]) - Sum([point[0] - Step, 1, point[2]])) / (2 * Step), 1e-7);
        gradient[1].ShouldBe(0);
        gradient[2].ShouldBe((Sum([point[0], 1, point[2] + Step]) - Sum([point[0], 1, point[2] - Step])) / (2 * Step), 1e-7);

        double Sum(double[] at)
        {
            kernel.Row(at, Columns(9), row, slopes);
            return row.Zip(weights, (k, w) => k * w).Sum();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_gradient_of_the_likelihood_is_that_of_finite_differences(bool isAdditive)
    {
        var layout = Layout with { IsAdditive = isAdditive };
        var logs = isAdditive ? Logs : [.. Logs[..3], 0.1, -4];
        double[] targets = [.. Enumerable.Range(0, 21).Select(i => Math.Sin(i) + (0.1 * i))];
        var likelihood = new MarginalLikelihood(layout, new HyperparameterPrior(layout), Columns(21), targets);
        var (gradient, unused) = (new double[logs.Length], new double[logs.Length]);

        likelihood.Evaluate(logs, gradient);

        for (var i = 0; i < logs.Length; i++)
        {
            double[] above = [.. logs], below = [.. logs];
            above[i] += Step;
            below[i] -= Step;
            var slope = (likelihood.Evaluate(above, unused) - likelihood.Evaluate(below, unused)) / (2 * Step);
            gradient[i].ShouldBe(slope, 1e-5 * Math.Max(1, Math.Abs(slope)), $"hyperparameter {i}");
        }
    }

    private static FeatureColumns Columns(int count)
    {
        var columns = new FeatureColumns(3);
        for (var i = 0; i < count; i++)
        {
            columns.Add([Place(i, 0), i % 3, Place(i, 2)]);
        }

        return columns;
    }

    private static double Place(int point, int feature) => (((point + 1) * (0.618 + (0.137 * feature))) + (0.01 * point * point)) % 1;

    private static double Square(double value) => value * value;
}

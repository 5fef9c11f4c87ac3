using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Tpe;

namespace SearchCluster.Search.Tests.Sampling.Tpe;

public sealed class ParzenEstimatorTests
{
    private static readonly ParameterValue[] Letters = [ParameterValue.Text("a"), ParameterValue.Text("b"), ParameterValue.Text("c")];

    private static SpaceEncoding Encoding(params ParameterSpec[] parameters) => new(new SearchSpace([.. parameters]));

    private static ParzenEstimator Fit(SpaceEncoding encoding, double[][] points, double bandwidth)
    {
        var estimator = new ParzenEstimator(encoding, [.. Enumerable.Range(0, encoding.Dimensions)]);
        estimator.Fit(points, [.. points.Select((_, i) => 1.0 + i)], 0.5, [.. Enumerable.Repeat(bandwidth, encoding.Dimensions)]);
        return estimator;
    }

    // Closed form: weights 1, 2 and 0.5 of kernels at 0.2 and 0.9 (deviation 0.1) and the prior (0.5, 1), each
    // divided by its mass in [0, 1]. By mpmath 1.2.1 at x = 0.25: (1 N(0.25; 0.2, 0.1) / 0.97724986805182079 +
    // 2 N(0.25; 0.9, 0.1) / 0.84134474606854295 + 0.5 N(0.25; 0.5, 1) / 0.38292492254802621) / 3.5 = 1.1735716669031783.
    [Fact]
    public void Density_of_one_number_equals_the_reference()
    {
        var estimator = Fit(Encoding(new ParameterSpec("x", new RealDomain(0, 1))), [[0.2], [0.9]], 0.1);

        Math.Exp(estimator.LogDensity([0.25])).ShouldBe(1.1735716669031783, 1e-12);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.3)]
    public void Masses_of_a_mixed_space_add_up_to_one(double bandwidth)
    {
        var encoding = Encoding(
            new("n", new IntegerDomain(1, 7)),
            new("w", new IntegerDomain(1, 20, IsLog: true)),
            new("o", new ItemDomain([.. Letters], IsOrdered: true)),
            new("c", new ItemDomain([.. Letters])),
            new("b", new BooleanDomain()));
        var estimator = Fit(encoding, [Middle(6, 0, 0, 2, 1), Middle(2, 19, 2, 1, 0)], bandwidth);

        var total = 0.0;
        foreach (var n in Enumerable.Range(0, 7))
        {
            foreach (var w in Enumerable.Range(0, 20))
            {
                total += Enumerable.Range(0, 18).Sum(i => Math.Exp(estimator.LogDensity(Middle(n, w, i % 3, i / 3 % 3, i / 9))));
            }
        }

        total.ShouldBe(1, 1e-9);

        double[] Middle(params int[] levels) => [.. levels.Select((level, i) => encoding.Axes[i].MiddleOf(level))];
    }

    // The parent's two values are summed, the child is integrated where it is active.
    [Fact]
    public void A_conditional_parameter_is_part_of_one_density()
    {
        var encoding = Encoding(
            new("b", new BooleanDomain()),
            new("x", new RealDomain(0, 1), When: [new Condition("b", new OneOfTest([ParameterValue.Boolean(true)]))]));
        var estimator = Fit(encoding, [[0.75, 0.3], [0.25, double.NaN], [0.75, 0.8]], 0.2);

        var without = Math.Exp(estimator.LogDensity([0.25, double.NaN]));
        var with = Enumerable.Range(0, 2_000).Sum(i => Math.Exp(estimator.LogDensity([0.75, (i + 0.5) / 2_000])) / 2_000);

        (without + with).ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Draws_follow_the_density()
    {
        var encoding = Encoding(new("n", new IntegerDomain(1, 12, IsLog: true)), new("c", new ItemDomain([.. Letters])));
        var estimator = Fit(encoding, [[encoding.Axes[0].MiddleOf(3), 0.1], [encoding.Axes[0].MiddleOf(9), 0.9]], 0.2);
        var stream = new RandomStream(5);
        var counts = new int[12, 3];
        var place = new double[2];
        for (var i = 0; i < 20_000; i++)
        {
            estimator.Draw(stream, place);
            counts[(int)encoding.Axes[0].LevelAt(place[0]), (int)encoding.Axes[1].LevelAt(place[1])]++;
        }

        for (var n = 0; n < 12; n++)
        {
            for (var c = 0; c < 3; c++)
            {
                var expected = 20_000 * Math.Exp(estimator.LogDensity([encoding.Axes[0].MiddleOf(n), encoding.Axes[1].MiddleOf(c)]));
                ((double)counts[n, c]).ShouldBe(expected, (5 * Math.Sqrt(expected)) + 1, $"value {n}, item {c}");
            }
        }
    }
}

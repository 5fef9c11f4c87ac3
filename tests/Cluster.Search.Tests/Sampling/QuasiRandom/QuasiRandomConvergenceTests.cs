using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Tests.Sampling.QuasiRandom;

[Trait("Category", "Convergence")]
public sealed class QuasiRandomConvergenceTests
{
    private const int Seeds = 100;
    private const int Count = 128;
    private const int Dimensions = 6;

    // Independent points have a root mean square error of sqrt(((1 + 1/12)^6 - 1) / 128) here, some 0.07.
    private static double Error(IPointSequence? sequence, ulong seed)
    {
        var stream = new RandomStream(seed);
        var point = new double[Dimensions];
        var sum = 0.0;
        for (var number = 0; number < Count; number++)
        {
            for (var i = 0; i < Dimensions; i++)
            {
                point[i] = stream.NextDouble();
            }

            sequence?.Fill(seed, number, point);
            sum += point.Aggregate(1.0, (product, unit) => product * (0.5 + unit));
        }

        return Math.Abs((sum / Count) - 1);
    }

    [Fact]
    public void Integrates_a_product_with_a_smaller_error_than_independent_points()
    {
        var random = Errors(null);
        foreach (var sequence in new IPointSequence[] { new SobolPoints(), new HaltonPoints(), new LatinHypercubePoints(Count) })
        {
            var errors = Errors(sequence);
            Rms(errors).ShouldBeLessThan(
                0.6 * Rms(random),
                $"{sequence.GetType().Name}: [{string.Join(", ", errors)}], random: [{string.Join(", ", random)}]");
        }

        static double[] Errors(IPointSequence? sequence) => [.. Enumerable.Range(0, Seeds).Select(seed => Error(sequence, (ulong)seed))];
        static double Rms(double[] values) => Math.Sqrt(values.Sum(v => v * v) / values.Length);
    }
}

using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Tests.Sampling.QuasiRandom;

/// <summary>How evenly the designs fill the square, by the largest difference between a box's area and its share of the points.</summary>
public sealed class StarDiscrepancyTests(ITestOutputHelper output)
{
    private const int Points = 64;

    [Theory]
    [InlineData("sobol")]
    [InlineData("halton")]
    [InlineData("lhs")]
    public void A_design_fills_the_square_more_evenly_than_random_points(string name)
    {
        double[] design = [.. Enumerable.Range(0, 8).Select(seed => Of(Draw(name, (ulong)seed)))];
        double[] random = [.. Enumerable.Range(0, 8).Select(seed => Of(Draw("random", (ulong)seed)))];

        output.WriteLine($"{name} {string.Join(" ", design.Select(value => value.ToString("F3", null)))}");
        output.WriteLine($"random {string.Join(" ", random.Select(value => value.ToString("F3", null)))}");
        design.Average().ShouldBeLessThan(0.75 * random.Average());
    }

    // By hand: a box that just holds the only point has share 1 and area 1/4.
    [Fact]
    public void One_point_in_the_middle_has_three_quarters() => Of([(0.5, 0.5)]).ShouldBe(0.75, 1e-12);

    // On the diagonal of n equal steps, the box up to the i-th point holds i of n points and has area (i/n - 1/2n)²; n = 2: 1 - 0.75².
    [Fact]
    public void Two_points_on_the_diagonal_have_what_is_computed_by_hand() =>
        Of([(0.25, 0.25), (0.75, 0.75)]).ShouldBe(Math.Max(0.5 - (0.25 * 0.25), 1 - (0.75 * 0.75)), 1e-12);

    /// <summary>Computes the star discrepancy exactly: its supremum lies at boxes whose sides end at
    /// coordinates of points, open or closed.</summary>
    private static double Of(IReadOnlyList<(double X, double Y)> points)
    {
        double[] xs = [.. points.Select(p => p.X).Append(1)], ys = [.. points.Select(p => p.Y).Append(1)];
        var largest = 0.0;
        foreach (var x in xs)
        {
            foreach (var y in ys)
            {
                var inside = points.Count(p => p.X < x && p.Y < y) / (double)points.Count;
                var within = points.Count(p => p.X <= x && p.Y <= y) / (double)points.Count;
                largest = Math.Max(largest, Math.Max((x * y) - inside, within - (x * y)));
            }
        }

        return largest;
    }

    private static (double X, double Y)[] Draw(string name, ulong seed)
    {
        var stream = new RandomStream(seed + 100);
        IPointSequence? sequence = name switch
        {
            "sobol" => new SobolPoints(),
            "halton" => new HaltonPoints(),
            "lhs" => new LatinHypercubePoints(Points),
            _ => null,
        };
        var point = new double[2];
        return [.. Enumerable.Range(0, Points).Select(index =>
        {
            if (sequence is null)
            {
                return (stream.NextDouble(), stream.NextDouble());
            }

            sequence.Fill(seed, index, point);
            return (point[0], point[1]);
        })];
    }
}

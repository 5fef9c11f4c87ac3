using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Tests.Sampling.QuasiRandom;

public sealed class PointSequenceTests
{
    private static double[][] Points(IPointSequence sequence, ulong seed, int first, int count, int dimensions) =>
        [.. Enumerable.Range(first, count).Select(number =>
        {
            var point = new double[dimensions];
            sequence.Fill(seed, number, point);
            return point;
        })];

    [Fact]
    public void Scrambled_Sobol_points_hit_each_interval_of_each_dimension_once_also_beyond_the_table()
    {
        var points = Points(new SobolPoints(), 7, 128, 128, 300);

        foreach (var dimension in Enumerable.Range(0, 300))
        {
            points.Select(point => (int)(point[dimension] * 128)).Distinct().Count().ShouldBe(128, $"dimension {dimension}");
        }
    }

    // The first two dimensions are a (0, k, 2)-net: every elementary interval of area 2^-k holds one of 2^k points.
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Scrambled_Sobol_points_hit_each_elementary_interval_of_the_first_two_dimensions_once(ulong seed)
    {
        var points = Points(new SobolPoints(), seed, 0, 256, 2);

        for (var cut = 0; cut <= 8; cut++)
        {
            var (columns, rows) = (1 << cut, 256 >> cut);
            points
                .Select(point => ((int)(point[0] * columns), (int)(point[1] * rows)))
                .Distinct()
                .Count()
                .ShouldBe(256, $"{columns} x {rows}");
        }
    }

    [Fact]
    public void Each_scrambled_point_is_uniform_over_the_seeds()
    {
        IPointSequence[] sequences = [new SobolPoints(), new HaltonPoints(), new LatinHypercubePoints(32)];
        foreach (var sequence in sequences)
        {
            var units = Enumerable.Range(0, 2_000).Select(seed => Points(sequence, (ulong)seed, 0, 1, 2)[0][1]).Order().ToArray();

            // Kolmogorov's statistic exceeds 1.95 / sqrt(n) once in a thousand times.
            units
                .Select((unit, i) => Math.Abs(unit - ((i + 0.5) / units.Length)))
                .Max()
                .ShouldBeLessThan(1.95 / Math.Sqrt(units.Length), sequence.GetType().Name);
        }
    }

    [Fact]
    public void Halton_points_hit_each_interval_of_a_power_of_their_base_once()
    {
        var points = Points(new HaltonPoints(), 3, 0, 125, 3);

        points.Take(64).Select(point => (int)(point[0] * 64)).Distinct().Count().ShouldBe(64);
        points.Take(81).Select(point => (int)(point[1] * 81)).Distinct().Count().ShouldBe(81);
        points.Select(point => (int)(point[2] * 125)).Distinct().Count().ShouldBe(125);
    }

    [Fact]
    public void Latin_hypercube_designs_hit_each_cell_once_in_each_block()
    {
        var points = Points(new LatinHypercubePoints(10), 5, 0, 30, 4);

        foreach (var block in points.Chunk(10))
        {
            Enumerable.Range(0, 4).ShouldAllBe(dimension => block.Select(point => (int)(point[dimension] * 10)).Distinct().Count() == 10);
        }

        points.Select(point => point[0]).Distinct().Count().ShouldBe(30);
    }

    [Theory]
    [InlineData(100, 10, 90)]
    [InlineData(5_000, 0, 1_024)]
    [InlineData(3, 5, 1)]
    [InlineData(null, 4, 128)]
    public void A_Latin_hypercube_design_covers_the_budget(int? trials, int enqueued, int expected)
    {
        LatinHypercubePoints.BlockSizeFor(new BudgetSpec(trials), enqueued).ShouldBe(expected);
    }

    [Fact]
    public void A_point_depends_on_the_seed_and_its_number_only()
    {
        IPointSequence[] used = [new SobolPoints(), new HaltonPoints(), new LatinHypercubePoints(16)];
        IPointSequence[] made = [new SobolPoints(), new HaltonPoints(), new LatinHypercubePoints(16)];
        foreach (var (old, anew) in used.Zip(made))
        {
            Points(old, 1, 0, 50, 6);
            Points(old, 2, 20, 1, 3)[0].ShouldBe(Points(anew, 2, 20, 1, 6)[0][..3], 0);
            Points(old, 1, 40, 1, 6)[0].ShouldNotBe(Points(anew, 2, 40, 1, 6)[0]);
        }
    }
}

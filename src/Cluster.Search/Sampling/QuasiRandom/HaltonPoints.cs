namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>The Halton sequence: the digits of a point's number in a prime base, mirrored at the point; each
/// digit is permuted at random.</summary>
/// <remarks>
/// Each dimension has its own prime base, and each digit of it its own permutation, leading zeros included. That breaks the stripes
/// that large bases show without scrambling, and makes each point uniform. Source: Owen, "A randomized Halton algorithm in R", 2017,
/// arXiv:1706.02808. The permutations of one seed are kept: some 100 kB at 20 dimensions, some 2 MB at 200.
/// </remarks>
internal sealed class HaltonPoints : IPointSequence
{
    private const int Precision = 53;
    private Scrambling? _scrambling;

    /// <inheritdoc />
    public void Fill(ulong seed, int index, Span<double> point)
    {
        var scrambling = _scrambling;
        if (scrambling is null || scrambling.Seed != seed || scrambling.Columns.Length < point.Length)
        {
            _scrambling = scrambling = Make(seed, point.Length);
        }

        for (var dimension = 0; dimension < point.Length; dimension++)
        {
            point[dimension] = Mirror(scrambling.Columns[dimension], index);
        }
    }

    private static double Mirror(ushort[][] permutations, int index)
    {
        var bases = (double)permutations[0].Length;
        var (rest, weight, unit) = (index, 1 / bases, 0.0);
        foreach (var permutation in permutations)
        {
            (rest, var digit) = Math.DivRem(rest, permutation.Length);
            unit += permutation[digit] * weight;
            weight /= bases;
        }

        return Math.Min(unit, Math.BitDecrement(1));
    }

    private static Scrambling Make(ulong seed, int dimensions)
    {
        var columns = new ushort[dimensions][][];
        foreach (var (dimension, prime) in Primes(dimensions).Index())
        {
            var stream = SeedSequence.Stream(seed, StreamPurpose.Design, dimension);
            columns[dimension] = new ushort[(int)Math.Ceiling(Precision / Math.Log2(prime))][];
            for (var digit = 0; digit < columns[dimension].Length; digit++)
            {
                columns[dimension][digit] = [.. Enumerable.Range(0, prime).Select(value => (ushort)value)];
                stream.Shuffle(columns[dimension][digit].AsSpan());
            }
        }

        return new(seed, columns);
    }

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, int.MaxValue - 2)
            .Where(number => !Enumerable.Range(2, (int)Math.Sqrt(number) - 1).Any(divisor => number % divisor == 0))
            .Take(count);

    private sealed record Scrambling(ulong Seed, ushort[][][] Columns);
}

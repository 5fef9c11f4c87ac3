namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>Latin hypercube designs, one after the other.</summary>
/// <remarks>
/// Within a design each parameter's range is cut into as many cells as there are points, and each cell is hit once, at a uniform place.
/// Point n belongs to design n / <paramref name="blockSize"/>; it depends on the seed and its number only.
/// Source: McKay, Beckman and Conover, "A Comparison of Three Methods for Selecting Values of Input Variables", 1979.
/// </remarks>
/// <param name="blockSize">Points of one design, at least 1.</param>
internal sealed class LatinHypercubePoints(int blockSize) : IPointSequence
{
    /// <summary>Points of a design when the budget does not limit trials.</summary>
    public const int DefaultBlockSize = 128;

    /// <summary>Points of the largest design; a larger budget gets several. Finer cells than a thousandth of a range help nobody.</summary>
    public const int LargestBlockSize = 1024;

    private Block? _block;

    /// <summary>Chooses the size of the designs: the whole budget where it is known and not too large.</summary>
    /// <param name="budget">Budget of the specification.</param>
    /// <param name="enqueued">Trials of the budget that the specification enqueues.</param>
    /// <returns>Points of one design.</returns>
    public static int BlockSizeFor(BudgetSpec budget, int enqueued) =>
        Math.Clamp((budget.Trials ?? DefaultBlockSize + enqueued) - enqueued, 1, LargestBlockSize);

    /// <inheritdoc />
    public void Fill(ulong seed, int index, Span<double> point)
    {
        var (number, row) = Math.DivRem(index, blockSize);
        var block = _block;
        if (block is null || block.Seed != seed || block.Number != number || block.Columns.Length < point.Length)
        {
            _block = block = Make(seed, number, point.Length);
        }

        var jitter = new RandomStream(SeedSequence.For(block.Key, StreamPurpose.Design, row));
        for (var dimension = 0; dimension < point.Length; dimension++)
        {
            point[dimension] = Math.Min((block.Columns[dimension][row] + jitter.NextDouble()) / blockSize, Math.BitDecrement(1));
        }
    }

    private Block Make(ulong seed, int number, int dimensions)
    {
        var key = SeedSequence.For(seed, StreamPurpose.Design, number);
        var stream = new RandomStream(key);
        var columns = new int[dimensions][];
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            columns[dimension] = [.. Enumerable.Range(0, blockSize)];
            stream.Shuffle(columns[dimension].AsSpan());
        }

        return new(seed, number, key, columns);
    }

    private sealed record Block(ulong Seed, int Number, ulong Key, int[][] Columns);
}

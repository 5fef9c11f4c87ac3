namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>The Sobol sequence, Owen-scrambled.</summary>
/// <remarks>
/// Any block of 2^k points that begins at a multiple of 2^k is a net in each projection that the unscrambled sequence has as a net.
/// Beyond <see cref="JoeKuoNumbers.Dimensions"/> dimensions the sequence is used again in another random order, which keeps each
/// dimension's own balance but relates dimensions of different uses only as random numbers do. Source: Burley 2020, section 5.
/// </remarks>
internal sealed class SobolPoints : IPointSequence
{
    /// <inheritdoc />
    public void Fill(ulong seed, int index, Span<double> point)
    {
        var gray = SobolSequence.GrayCode((uint)index);
        for (var dimension = 0; dimension < point.Length; dimension++)
        {
            var (use, column) = Math.DivRem(dimension, JoeKuoNumbers.Dimensions);
            if (use > 0 && column == 0)
            {
                // Scrambling the number permutes the aligned blocks of 2^k points, and the points within each.
                gray = NestedScrambling.Scramble(SobolSequence.GrayCode((uint)index), SeedSequence.For(seed, StreamPurpose.Design, -use));
            }

            point[dimension] = NestedScrambling.ToUnit(
                SobolSequence.At(gray, column), SeedSequence.For(seed, StreamPurpose.Design, dimension));
        }
    }
}

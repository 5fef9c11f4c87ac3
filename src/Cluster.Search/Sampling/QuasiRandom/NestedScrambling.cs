namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>Nested uniform scrambling of binary fractions: each digit is flipped or not by a random bit that
/// depends on all digits before it.</summary>
/// <remarks>
/// It keeps every balance property of a net, and makes each point uniform on the unit interval. The bits come from Philox as a hash of
/// the leading digits, so that no tree is stored; one block of 128 bits holds a subtree of seven levels, hence five blocks for 32
/// digits, some 150 ns. Differs from Burley, "Practical Hash-based Owen Scrambling", JCGT 9(4), 2020: the hash is exact rather than of
/// the cheap Laine-Karras kind, because a trial costs far more than a point.
/// Source: Owen, "Randomly Permuted (t,m,s)-Nets and (t,s)-Sequences", 1995.
/// </remarks>
internal static class NestedScrambling
{
    private const int Digits = 32;
    private const int LevelsOfBlock = 7;
    private const int TailBits = 21;
    private const ulong TailBlock = 1UL << 32;

    /// <summary>Scrambles the digits of a fraction.</summary>
    /// <param name="fraction">A fraction times 2^32.</param>
    /// <param name="key">Which random tree.</param>
    /// <returns>The scrambled fraction times 2^32.</returns>
    public static uint Scramble(uint fraction, ulong key)
    {
        var flips = 0u;
        for (var first = 0; first < Digits; first += LevelsOfBlock)
        {
            var prefix = first == 0 ? 0 : fraction >> (Digits - first);
            var (low, high) = Philox.Block(key, prefix, (ulong)first);
            var node = 1;
            for (var digit = first; digit < Math.Min(first + LevelsOfBlock, Digits); digit++)
            {
                var bit = node < 64 ? (low >> node) & 1 : (high >> (node - 64)) & 1;
                flips |= (uint)bit << (Digits - 1 - digit);
                node = (node << 1) | (int)((fraction >> (Digits - 1 - digit)) & 1);
            }
        }

        return fraction ^ flips;
    }

    /// <summary>Scrambles a fraction and gives it uniform digits beyond the 32 known ones.</summary>
    /// <param name="fraction">A fraction times 2^32.</param>
    /// <param name="key">Which random tree.</param>
    /// <returns>At least 0 and less than 1, 53 digits.</returns>
    public static double ToUnit(uint fraction, ulong key)
    {
        var tail = Philox.Block(key, fraction, TailBlock).Low >> (64 - TailBits);
        return (((ulong)Scramble(fraction, key) << TailBits) | tail) * (1.0 / (1UL << (Digits + TailBits)));
    }
}

namespace SearchCluster.Contracts.Randomness;

/// <summary>The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters, so any number can
/// be computed alone.</summary>
/// <remarks>Source: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section 4.3;
/// constants from its table 2.</remarks>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>Computes one block.</summary>
    /// <param name="key">64-bit key; the low half is the paper's key word 0.</param>
    /// <param name="counterLow">Counter words 0 and 1.</param>
    /// <param name="counterHigh">Counter words 2 and 3.</param>
    /// <returns>Output words 0 and 1, then 2 and 3.</returns>
    public static (ulong Low, ulong High) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        uint c0 = (uint)counterLow, c1 = (uint)(counterLow >> 32), c2 = (uint)counterHigh, c3 = (uint)(counterHigh >> 32);
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (((ulong)c1 << 32) | c0, ((ulong)c3 << 32) | c2);
    }
}

using System.Numerics;

namespace SearchCluster.Search.Sampling.Grid;

/// <summary>Walks all numbers below a count once, each step about as far as the golden section: any first part
/// covers the range about evenly.</summary>
/// <remarks>
/// Number i is (start + i × stride) mod count. The stride is the number nearest to count / φ, upwards, that has no divisor in common with
/// count, so no number comes twice; the start comes from the seed. Multiples of the golden section fill an interval the most evenly of
/// all (Knuth, "The Art of Computer Programming" 3, 6.4, theorem S).
/// </remarks>
internal sealed class SpreadOrder
{
    // 2⁶⁴ / φ
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;
    private readonly BigInteger _count;
    private readonly BigInteger _stride;
    private readonly BigInteger _start;

    /// <summary>Prepares the walk.</summary>
    /// <param name="count">How many numbers, at least 0.</param>
    /// <param name="seed">Chooses the first one.</param>
    public SpreadOrder(BigInteger count, ulong seed)
    {
        _count = BigInteger.Max(count, 1);
        _start = new BigInteger(seed) * Golden % _count;
        _stride = BigInteger.Max((_count * Golden) >> 64, 1);
        while (!BigInteger.GreatestCommonDivisor(_stride, _count).IsOne)
        {
            _stride++;
        }
    }

    /// <summary>Finds a number.</summary>
    /// <param name="index">Which step, from 0 to count - 1.</param>
    /// <returns>From 0 to count - 1.</returns>
    public BigInteger At(BigInteger index) => (_start + (index * _stride)) % _count;
}

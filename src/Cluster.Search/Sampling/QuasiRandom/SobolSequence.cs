using System.Numerics;

namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>The Sobol sequence in Gray code order, as integers: a coordinate is the number divided by 2^32.</summary>
/// <remarks>
/// The first 2^k points of each dimension fall one each into the 2^k intervals of width 2^-k. The order is that of Antonov and Saleev,
/// "An economic method of computing LP-tau sequences", 1979: it permutes the points within each block of 2^k, and is the one that
/// reference implementations print.
/// </remarks>
internal static class SobolSequence
{
    private const int Bits = 32;
    private static readonly uint[] Directions = Derive();

    /// <summary>Computes the coordinate of a point of which the Gray code of the number is known.</summary>
    /// <param name="gray">Gray code of the point's number.</param>
    /// <param name="dimension">From 0 to <see cref="JoeKuoNumbers.Dimensions"/> - 1.</param>
    /// <returns>The coordinate times 2^32.</returns>
    public static uint At(uint gray, int dimension)
    {
        var directions = Directions.AsSpan(dimension * Bits, Bits);
        var coordinate = 0u;
        for (; gray != 0; gray &= gray - 1)
        {
            coordinate ^= directions[BitOperations.TrailingZeroCount(gray)];
        }

        return coordinate;
    }

    /// <summary>Finds the Gray code of a number.</summary>
    /// <param name="number">Any number.</param>
    /// <returns>Neighbours differ in one bit.</returns>
    public static uint GrayCode(uint number) => number ^ (number >> 1);

    private static uint[] Derive()
    {
        var directions = new uint[JoeKuoNumbers.Dimensions * Bits];
        for (var bit = 0; bit < Bits; bit++)
        {
            directions[bit] = 1u << (Bits - 1 - bit);
        }

        var initial = JoeKuoNumbers.Initial;
        for (var dimension = 1; dimension < JoeKuoNumbers.Dimensions; dimension++)
        {
            var polynomial = JoeKuoNumbers.Polynomials[dimension - 1];
            var degree = BitOperations.Log2(polynomial);
            Extend(directions.AsSpan(dimension * Bits, Bits), polynomial, initial[..degree]);
            initial = initial[degree..];
        }

        return directions;
    }

    // The recurrence (2) of Joe and Kuo 2008, on numbers that are shifted to the left.
    private static void Extend(Span<uint> directions, uint polynomial, ReadOnlySpan<ushort> initial)
    {
        var degree = initial.Length;
        for (var k = 0; k < Bits; k++)
        {
            if (k < degree)
            {
                directions[k] = (uint)initial[k] << (Bits - 1 - k);
                continue;
            }

            directions[k] = directions[k - degree] ^ (directions[k - degree] >> degree);
            for (var j = 1; j < degree; j++)
            {
                if (((polynomial >> (degree - j)) & 1) == 1)
                {
                    directions[k] ^= directions[k - j];
                }
            }
        }
    }
}

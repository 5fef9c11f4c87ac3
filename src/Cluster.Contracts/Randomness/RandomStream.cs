namespace SearchCluster.Contracts.Randomness;

/// <summary>A stream of random numbers whose whole state is its seed and its position.</summary>
/// <remarks>Not thread-safe. Period 2^65 numbers. One number costs half a Philox block, some 10 ns.</remarks>
/// <param name="seed">64 bits, usually from <see cref="SeedSequence"/>.</param>
public sealed class RandomStream(ulong seed)
{
    private ulong _buffered;
    private ulong? _bufferedIndex;

    /// <summary>How many 64-bit numbers were drawn; setting it moves the stream.</summary>
    public ulong Position { get; set; }

    /// <summary>Draws 64 uniform bits.</summary>
    /// <returns>Any number.</returns>
    public ulong NextUInt64()
    {
        // Two numbers come from one block; the second is kept for the next call.
        var index = Position++;
        if (index == _bufferedIndex)
        {
            return _buffered;
        }

        var (low, high) = Philox.Block(seed, index >> 1, 0);
        if ((index & 1) == 1)
        {
            return high;
        }

        (_buffered, _bufferedIndex) = (high, index + 1);
        return low;
    }

    /// <summary>Draws a real number.</summary>
    /// <returns>Uniform on [0, 1), 53 bits.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a whole number without bias.</summary>
    /// <param name="bound">Above 0.</param>
    /// <returns>Uniform on 0 … bound - 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is 0.</exception>
    /// <remarks>Source: Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019, algorithm 5.</remarks>
    public ulong NextBelow(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var product = (UInt128)NextUInt64() * bound;
        if ((ulong)product < bound)
        {
            var threshold = (0 - bound) % bound;
            while ((ulong)product < threshold)
            {
                product = (UInt128)NextUInt64() * bound;
            }
        }

        return (ulong)(product >> 64);
    }

    /// <summary>Draws a whole number between two bounds without bias.</summary>
    /// <param name="min">Smallest.</param>
    /// <param name="max">Largest, at least <paramref name="min"/>.</param>
    /// <returns>Uniform on min … max, both included.</returns>
    public long NextInteger(long min, long max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        var span = unchecked((ulong)max - (ulong)min);
        return unchecked((long)((ulong)min + (span == ulong.MaxValue ? NextUInt64() : NextBelow(span + 1))));
    }

    /// <summary>Draws from the standard normal distribution by the polar method (Marsaglia and Bray 1964).</summary>
    /// <returns>Mean 0, deviation 1.</returns>
    public double NextGaussian()
    {
        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }
    }

    /// <summary>Shuffles in place (Fisher and Yates, Durstenfeld's form).</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="items">What is shuffled.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)NextBelow((ulong)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

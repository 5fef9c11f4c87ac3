using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SearchCluster.Search.Numerics;

/// <summary>Inner loops of dense linear algebra on contiguous spans.</summary>
/// <remarks>
/// The vectors are 256 bits wide and multiply-add is fused on every machine, so that a sum has the same order and the same rounding
/// everywhere: the same search gives the same suggestions on another processor.
/// </remarks>
internal static class VectorKernels
{
    private const int Width = 4;

    /// <summary>Computes the inner product.</summary>
    /// <param name="a">Numbers.</param>
    /// <param name="b">At least as many.</param>
    /// <returns>The sum of products over the length of <paramref name="a"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b[..a.Length]);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        nuint i = 0, n = (nuint)a.Length;
        for (; i + (4 * Width) <= n; i += 4 * Width)
        {
            s0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + Width), Vector256.LoadUnsafe(ref y, i + Width), s1);
            s2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + (2 * Width)), Vector256.LoadUnsafe(ref y, i + (2 * Width)), s2);
            s3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + (3 * Width)), Vector256.LoadUnsafe(ref y, i + (3 * Width)), s3);
        }

        for (; i + Width <= n; i += Width)
        {
            s0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), s0);
        }

        var sum = Vector256.Sum((s0 + s1) + (s2 + s3));
        for (; i < n; i++)
        {
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref x, i), Unsafe.Add(ref y, i), sum);
        }

        return sum;
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    /// <param name="factor">The multiple.</param>
    /// <param name="a">Numbers.</param>
    /// <param name="target">At least as many; gets <paramref name="factor"/> times <paramref name="a"/> added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double factor, ReadOnlySpan<double> a, Span<double> target)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(target[..a.Length]);
        var f = Vector256.Create(factor);
        nuint i = 0, n = (nuint)a.Length;
        for (; i + Width <= n; i += Width)
        {
            Vector256.FusedMultiplyAdd(f, Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i)).StoreUnsafe(ref y, i);
        }

        for (; i < n; i++)
        {
            Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
        }
    }

    /// <summary>Adds the weighted squares of the differences to one number.</summary>
    /// <param name="weight">Weight of a square.</param>
    /// <param name="centre">The number.</param>
    /// <param name="a">Numbers.</param>
    /// <param name="target">At least as many; gets the weighted squares added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquaredDifferences(double weight, double centre, ReadOnlySpan<double> a, Span<double> target)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(target[..a.Length]);
        var (w, c) = (Vector256.Create(weight), Vector256.Create(centre));
        nuint i = 0, n = (nuint)a.Length;
        for (; i + Width <= n; i += Width)
        {
            var d = Vector256.LoadUnsafe(ref x, i) - c;
            Vector256.FusedMultiplyAdd(w * d, d, Vector256.LoadUnsafe(ref y, i)).StoreUnsafe(ref y, i);
        }

        for (; i < n; i++)
        {
            var d = Unsafe.Add(ref x, i) - centre;
            Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(weight * d, d, Unsafe.Add(ref y, i));
        }
    }

    /// <summary>Computes a weighted sum of squared differences to one number.</summary>
    /// <param name="weights">One for each number that is summed.</param>
    /// <param name="a">At least as many numbers.</param>
    /// <param name="centre">The number.</param>
    /// <returns>The sum over the length of <paramref name="weights"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double DotSquaredDifferences(ReadOnlySpan<double> weights, ReadOnlySpan<double> a, double centre)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var x = ref MemoryMarshal.GetReference(a[..weights.Length]);
        var c = Vector256.Create(centre);
        Vector256<double> s0 = default, s1 = default;
        nuint i = 0, n = (nuint)weights.Length;
        for (; i + (2 * Width) <= n; i += 2 * Width)
        {
            var (d0, d1) = (Vector256.LoadUnsafe(ref x, i) - c, Vector256.LoadUnsafe(ref x, i + Width) - c);
            s0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref w, i) * d0, d0, s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref w, i + Width) * d1, d1, s1);
        }

        var sum = Vector256.Sum(s0 + s1);
        for (; i < n; i++)
        {
            var d = Unsafe.Add(ref x, i) - centre;
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref w, i) * d, d, sum);
        }

        return sum;
    }

    /// <summary>Adds a weight wherever two codes differ.</summary>
    /// <param name="weight">What is added where codes differ.</param>
    /// <param name="code">The code compared with.</param>
    /// <param name="a">Codes.</param>
    /// <param name="target">At least as many; gets the weight added where the codes differ.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMismatches(double weight, double code, ReadOnlySpan<double> a, Span<double> target)
    {
        for (var i = 0; i < a.Length; i++)
        {
            target[i] += a[i] == code ? 0 : weight;
        }
    }
}

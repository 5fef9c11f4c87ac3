using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SearchCluster.Search.Sampling.GaussianProcess.Kernels;

/// <summary>Vector loops of M(r) = (1 + √5 r + 5 r²/3) exp(-√5 r), the Matérn correlation of smoothness 5/2.</summary>
/// <remarks>With t = √5 r: M = (1 + t + t²/3) e^-t, dM/d(r²) = -(5/6) (1 + t) e^-t, which is finite at 0. Compiled for speed at once: the
/// first fit of a search would run in slow code otherwise.</remarks>
internal static class MaternLoops
{
    private const int Width = 4;
    private const double FiveThirds = 5.0 / 3;
    private const double Root5 = 2.23606797749978969640917366873; // √5

    /// <summary>Computes M.</summary>
    /// <param name="squares">r², at least 0.</param>
    /// <returns>From 0 to 1.</returns>
    public static double At(double squares)
    {
        var t = Root5 * Math.Sqrt(squares);
        return Math.Exp(-t) * (1 + t + (t * t / 3));
    }

    /// <summary>Turns squared distances into kernels.</summary>
    /// <param name="variance">Factor of M.</param>
    /// <param name="kernel">r²; becomes k.</param>
    /// <param name="slope">Gets -2 dk/d(r²).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromSquares(double variance, Span<double> kernel, Span<double> slope)
    {
        ref var k = ref MemoryMarshal.GetReference(kernel);
        ref var s = ref MemoryMarshal.GetReference(slope[..kernel.Length]);
        nuint i = 0, n = (nuint)kernel.Length;
        for (; i + Width <= n; i += Width)
        {
            var squares = Vector256.LoadUnsafe(ref k, i);
            var t = Vector256.Sqrt(squares * 5);
            var decay = Vector256.Exp(-t) * variance;
            var linear = decay * (t + Vector256<double>.One);
            (linear * FiveThirds).StoreUnsafe(ref s, i);
            Vector256.FusedMultiplyAdd(decay * FiveThirds, squares, linear).StoreUnsafe(ref k, i);
        }

        for (; i < n; i++)
        {
            ref var value = ref Unsafe.Add(ref k, i);
            var t = Math.Sqrt(value * 5);
            var decay = variance * Math.Exp(-t);
            Unsafe.Add(ref s, i) = decay * (1 + t) * FiveThirds;
            value = decay * (1 + t + (value * FiveThirds));
        }
    }

    /// <summary>Adds the kernel of one feature.</summary>
    /// <param name="variance">Factor of M.</param>
    /// <param name="weight">1 / ℓ².</param>
    /// <param name="centre">The feature of one point.</param>
    /// <param name="column">The feature of the others.</param>
    /// <param name="target">Gets the kernels added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double variance, double weight, double centre, ReadOnlySpan<double> column, Span<double> target)
    {
        ref var x = ref MemoryMarshal.GetReference(column);
        ref var y = ref MemoryMarshal.GetReference(target[..column.Length]);
        var scale = Math.Sqrt(5 * weight);
        nuint i = 0, n = (nuint)column.Length;
        for (; i + Width <= n; i += Width)
        {
            var t = Vector256.Abs(Vector256.LoadUnsafe(ref x, i) - Vector256.Create(centre)) * scale;
            var polynomial = Vector256.FusedMultiplyAdd(
                t, Vector256.FusedMultiplyAdd(t, Vector256.Create(1.0 / 3), Vector256<double>.One), Vector256<double>.One);
            Vector256.FusedMultiplyAdd(Vector256.Exp(-t) * variance, polynomial, Vector256.LoadUnsafe(ref y, i)).StoreUnsafe(ref y, i);
        }

        for (; i < n; i++)
        {
            var t = Math.Abs(Unsafe.Add(ref x, i) - centre) * scale;
            Unsafe.Add(ref y, i) += variance * Math.Exp(-t) * (1 + (t * (1 + (t / 3))));
        }
    }

    /// <summary>Adds the kernel of one feature that is a code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddCodes(double match, double mismatch, double code, ReadOnlySpan<double> column, Span<double> target)
    {
        for (var i = 0; i < column.Length; i++)
        {
            target[i] += column[i] == code ? match : mismatch;
        }
    }

    /// <summary>Computes the derivative of Σ c M by the feature of the point.</summary>
    /// <param name="weight">1 / ℓ².</param>
    /// <param name="centre">The feature of the point.</param>
    /// <param name="column">The feature of the others.</param>
    /// <param name="coefficients">c.</param>
    /// <returns>The derivative.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SlopeDot(double weight, double centre, ReadOnlySpan<double> column, ReadOnlySpan<double> coefficients)
    {
        ref var x = ref MemoryMarshal.GetReference(column);
        ref var c = ref MemoryMarshal.GetReference(coefficients[..column.Length]);
        var scale = Math.Sqrt(5 * weight);
        var sums = Vector256<double>.Zero;
        nuint i = 0, n = (nuint)column.Length;
        for (; i + Width <= n; i += Width)
        {
            var d = Vector256.LoadUnsafe(ref x, i) - Vector256.Create(centre);
            var t = Vector256.Abs(d) * scale;
            sums = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref c, i) * d, Vector256.Exp(-t) * (t + Vector256<double>.One), sums);
        }

        var sum = Vector256.Sum(sums);
        for (; i < n; i++)
        {
            var d = Unsafe.Add(ref x, i) - centre;
            var t = Math.Abs(d) * scale;
            sum += Unsafe.Add(ref c, i) * d * Math.Exp(-t) * (1 + t);
        }

        return FiveThirds * weight * sum;
    }

    /// <summary>Computes Σ c M and its derivative by the logarithm of ℓ.</summary>
    /// <param name="weight">1 / ℓ².</param>
    /// <param name="centre">The feature of the point.</param>
    /// <param name="column">The feature of the others.</param>
    /// <param name="coefficients">c; its length says for how many.</param>
    /// <returns>Both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Value, double ByLength) Sums(
        double weight, double centre, ReadOnlySpan<double> column, ReadOnlySpan<double> coefficients)
    {
        ref var x = ref MemoryMarshal.GetReference(column);
        ref var c = ref MemoryMarshal.GetReference(coefficients);
        var scale = Math.Sqrt(5 * weight);
        Vector256<double> values = default, slopes = default;
        nuint i = 0, n = (nuint)coefficients.Length;
        for (; i + Width <= n; i += Width)
        {
            var t = Vector256.Abs(Vector256.LoadUnsafe(ref x, i) - Vector256.Create(centre)) * scale;
            var linear = Vector256.LoadUnsafe(ref c, i) * Vector256.Exp(-t);
            var third = t * t * (1.0 / 3);
            values = Vector256.FusedMultiplyAdd(linear, t + Vector256<double>.One + third, values);
            slopes = Vector256.FusedMultiplyAdd(linear * (t + Vector256<double>.One), third, slopes);
        }

        var (value, slope) = (Vector256.Sum(values), Vector256.Sum(slopes));
        for (; i < n; i++)
        {
            var t = Math.Abs(Unsafe.Add(ref x, i) - centre) * scale;
            var linear = Unsafe.Add(ref c, i) * Math.Exp(-t);
            value += linear * (1 + t + (t * t / 3));
            slope += linear * (1 + t) * t * t / 3;
        }

        // dM/d(log ℓ) = -2 r² dM/d(r²) = (5/3) r² (1 + t) e^-t, and (5/3) r² = t²/3.
        return (value, slope);
    }

    /// <summary>The same for a feature that is a code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Value, double ByLength) CodeSums(
        double weight, double mismatch, double code, ReadOnlySpan<double> column, ReadOnlySpan<double> coefficients)
    {
        var differing = SumOfMismatches(code, column, coefficients);
        var total = 0.0;
        foreach (var coefficient in coefficients)
        {
            total += coefficient;
        }

        var t = Math.Sqrt(5 * weight);
        return (total - differing + (differing * mismatch), differing * Math.Exp(-t) * (1 + t) * t * t / 3);
    }

    /// <summary>Adds the coefficients of the codes that differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfMismatches(double code, ReadOnlySpan<double> column, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var j = 0; j < coefficients.Length; j++)
        {
            sum += column[j] == code ? 0 : coefficients[j];
        }

        return sum;
    }
}

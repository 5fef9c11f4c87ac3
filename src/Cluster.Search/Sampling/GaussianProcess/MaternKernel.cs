using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>The Matérn kernel of smoothness 5/2 with a length scale for each feature (ARD).</summary>
/// <remarks>
/// k = s (1 + √5 r + 5 r²/3) exp(-√5 r), r² = Σ (x - y)² / ℓ² over numbers plus 1 / ℓ² for each code that differs.
/// Source: Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, equations 4.17 and 5.1.
/// </remarks>
internal sealed class MaternKernel
{
    private static readonly double Root5 = Math.Sqrt(5);
    private readonly bool[] _isCode;

    public MaternKernel(bool[] isCode, Hyperparameters hyperparameters)
    {
        _isCode = isCode;
        Variance = hyperparameters.Signal;
        Weights = new double[isCode.Length];
        for (var f = 0; f < isCode.Length; f++)
        {
            Weights[f] = Math.Exp(-2 * hyperparameters.Logs[f]);
        }
    }

    /// <summary>Variance of the function, k(x, x).</summary>
    public double Variance { get; }

    /// <summary>1 / ℓ² for each feature.</summary>
    public double[] Weights { get; }

    /// <summary>Computes the kernel of a point with the first points of a set.</summary>
    /// <param name="features">The point.</param>
    /// <param name="columns">The set.</param>
    /// <param name="kernel">Gets k; its length says for how many points.</param>
    /// <param name="slope">Gets s (1 + √5 r) exp(-√5 r) · 5/3, that is -2 times the derivative of k by r²; as long as <paramref name="kernel"/>.</param>
    public void Row(ReadOnlySpan<double> features, FeatureColumns columns, Span<double> kernel, Span<double> slope)
    {
        kernel.Clear();
        for (var f = 0; f < features.Length; f++)
        {
            var column = columns.Column(f, kernel.Length);
            if (_isCode[f])
            {
                VectorKernels.AddMismatches(Weights[f], features[f], column, kernel);
            }
            else
            {
                VectorKernels.AddSquaredDifferences(Weights[f], features[f], column, kernel);
            }
        }

        FromSquares(kernel, slope);
    }

    /// <summary>Computes the gradient of a weighted sum of kernels by the point.</summary>
    /// <param name="features">The point.</param>
    /// <param name="columns">The set.</param>
    /// <param name="coefficients">The weight of each kernel times its slope of <see cref="Row"/>.</param>
    /// <param name="gradient">Gets the derivative by each feature; 0 for codes.</param>
    public void Gradient(ReadOnlySpan<double> features, FeatureColumns columns, ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
        {
            sum += coefficient;
        }

        for (var f = 0; f < features.Length; f++)
        {
            gradient[f] = _isCode[f] ? 0 : -Weights[f] * ((features[f] * sum) - VectorKernels.Dot(coefficients, columns.Column(f, coefficients.Length)));
        }
    }

    private void FromSquares(Span<double> kernel, Span<double> slope)
    {
        ref var k = ref MemoryMarshal.GetReference(kernel);
        ref var s = ref MemoryMarshal.GetReference(slope[..kernel.Length]);
        nuint i = 0, n = (nuint)kernel.Length;
        for (; i + 4 <= n; i += 4)
        {
            var squares = Vector256.LoadUnsafe(ref k, i);
            var t = Vector256.Sqrt(squares * 5);
            var decay = Vector256.Exp(-t) * Variance;
            var linear = decay * (t + Vector256<double>.One);
            (linear * (5.0 / 3)).StoreUnsafe(ref s, i);
            Vector256.FusedMultiplyAdd(decay * (5.0 / 3), squares, linear).StoreUnsafe(ref k, i);
        }

        for (; i < n; i++)
        {
            ref var value = ref Unsafe.Add(ref k, i);
            var t = Root5 * Math.Sqrt(value);
            var decay = Variance * Math.Exp(-t);
            Unsafe.Add(ref s, i) = decay * (1 + t) * (5.0 / 3);
            value = decay * (1 + t + (value * (5.0 / 3)));
        }
    }
}

using System.Runtime.CompilerServices;
using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Sampling.GaussianProcess.Kernels;

/// <summary>A Matérn kernel of smoothness 5/2 over all features together, plus the sum of one for each feature alone.</summary>
/// <remarks>
/// k = s M(r) + (a / d) Σ M(r_f), M(r) = (1 + √5 r + 5 r²/3) exp(-√5 r), r_f² = (x - y)² / ℓ_f² for a number and 1 / ℓ_f² for codes that
/// differ, r² = Σ r_f². The joint part (ARD) learns interactions; the additive part generalises along each parameter from few
/// trials where the loss is a sum over parameters. Their variances are learned, so the likelihood decides between them.
/// Source: Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, equations 4.17 and 5.1; Duvenaud, Nickisch and
/// Rasmussen, "Additive Gaussian Processes", NeurIPS 2011. Differs from the latter: only first-order and full interactions, because the
/// orders between would cost d times as much.
/// </remarks>
internal sealed class StructuredKernel
{
    private readonly KernelLayout _layout;
    private readonly double[] _additiveWeights;
    private readonly double[] _mismatches;
    private readonly double _jointVariance;
    private readonly double _shareVariance;

    public StructuredKernel(KernelLayout layout, ReadOnlySpan<double> logs)
    {
        _layout = layout;
        _jointVariance = Math.Exp(logs[layout.JointVariance]);
        Noise = Math.Exp(logs[layout.Noise]);
        JointWeights = new double[layout.Features];
        _additiveWeights = new double[layout.Features];
        _mismatches = new double[layout.Features];
        _shareVariance = layout.IsAdditive ? Math.Exp(logs[layout.AdditiveVariance]) / layout.Features : 0;
        for (var f = 0; f < layout.Features; f++)
        {
            JointWeights[f] = Math.Exp(-2 * logs[KernelLayout.JointLength(f)]);
            if (layout.IsAdditive)
            {
                _additiveWeights[f] = Math.Exp(-2 * logs[layout.AdditiveLength(f)]);
                _mismatches[f] = MaternLoops.At(_additiveWeights[f]);
            }
        }

        Variance = _jointVariance + (_shareVariance * layout.Features);
    }

    /// <summary>Variance of the function, k(x, x).</summary>
    public double Variance { get; }

    /// <summary>Variance of the noise.</summary>
    public double Noise { get; }

    /// <summary>1 / ℓ² of the joint part for each feature.</summary>
    public double[] JointWeights { get; }

    /// <summary>Computes the kernel of a point with the first points of a set.</summary>
    /// <param name="features">The point.</param>
    /// <param name="columns">The set.</param>
    /// <param name="kernel">Gets k; its length says for how many points.</param>
    /// <param name="slopes">Gets -2 times the derivative of the joint part by r²; as long as <paramref name="kernel"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row(ReadOnlySpan<double> features, FeatureColumns columns, Span<double> kernel, Span<double> slopes)
    {
        kernel.Clear();
        for (var f = 0; f < features.Length; f++)
        {
            var column = columns.Column(f, kernel.Length);
            if (_layout.IsCode[f])
            {
                VectorKernels.AddMismatches(JointWeights[f], features[f], column, kernel);
            }
            else
            {
                VectorKernels.AddSquaredDifferences(JointWeights[f], features[f], column, kernel);
            }
        }

        MaternLoops.FromSquares(_jointVariance, kernel, slopes);
        for (var f = 0; _layout.IsAdditive && f < features.Length; f++)
        {
            var column = columns.Column(f, kernel.Length);
            if (_layout.IsCode[f])
            {
                MaternLoops.AddCodes(_shareVariance, _shareVariance * _mismatches[f], features[f], column, kernel);
            }
            else
            {
                MaternLoops.Add(_shareVariance, _additiveWeights[f], features[f], column, kernel);
            }
        }
    }

    /// <summary>Computes the gradient of a weighted sum of kernels by the point.</summary>
    /// <param name="features">The point.</param>
    /// <param name="columns">The set.</param>
    /// <param name="coefficients">The weight of each kernel.</param>
    /// <param name="slopes">The slopes of <see cref="Row"/>; overwritten.</param>
    /// <param name="gradient">Gets the derivative by each feature; 0 for codes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradient(
        ReadOnlySpan<double> features,
        FeatureColumns columns,
        ReadOnlySpan<double> coefficients,
        Span<double> slopes,
        Span<double> gradient)
    {
        var joint = slopes[..coefficients.Length];
        var sum = 0.0;
        for (var j = 0; j < joint.Length; j++)
        {
            joint[j] *= coefficients[j];
            sum += joint[j];
        }

        for (var f = 0; f < features.Length; f++)
        {
            gradient[f] = 0;
            if (_layout.IsCode[f])
            {
                continue;
            }

            var column = columns.Column(f, joint.Length);
            gradient[f] = -JointWeights[f] * ((features[f] * sum) - VectorKernels.Dot(joint, column));
            if (_layout.IsAdditive)
            {
                gradient[f] += _shareVariance * MaternLoops.SlopeDot(_additiveWeights[f], features[f], column, coefficients);
            }
        }
    }

    /// <summary>Adds, for one row of the covariance, the derivatives of a weighted sum of its kernels by the hyperparameters.</summary>
    /// <param name="row">Which row; it is taken with the rows before it.</param>
    /// <param name="columns">The points.</param>
    /// <param name="weights">The weight of each kernel.</param>
    /// <param name="kernels">The row of k.</param>
    /// <param name="slopes">The row of the slopes; overwritten.</param>
    /// <param name="gradient">Gets the derivatives added; that of the noise is left alone.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Differentiate(
        int row,
        FeatureColumns columns,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> kernels,
        Span<double> slopes,
        Span<double> gradient)
    {
        var additive = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            slopes[j] *= weights[j];
        }

        for (var f = 0; f < _layout.Features; f++)
        {
            var column = columns.Column(f, row + 1);
            var centre = column[^1];
            gradient[KernelLayout.JointLength(f)] += JointWeights[f] * (_layout.IsCode[f]
                ? MaternLoops.SumOfMismatches(centre, column, slopes[..weights.Length])
                : VectorKernels.DotSquaredDifferences(slopes[..weights.Length], column, centre));
            if (_layout.IsAdditive)
            {
                var (value, byLength) = _layout.IsCode[f]
                    ? MaternLoops.CodeSums(_additiveWeights[f], _mismatches[f], centre, column, weights)
                    : MaternLoops.Sums(_additiveWeights[f], centre, column, weights);
                additive += _shareVariance * value;
                gradient[_layout.AdditiveLength(f)] += _shareVariance * byLength;
            }
        }

        gradient[_layout.JointVariance] += VectorKernels.Dot(weights, kernels) - additive;
        if (_layout.IsAdditive)
        {
            gradient[_layout.AdditiveVariance] += additive;
        }
    }

    /// <summary>Adds the derivatives of the diagonal of the covariance.</summary>
    /// <param name="weight">The weight of the diagonal entry.</param>
    /// <param name="gradient">Gets the derivatives by the variances added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DifferentiateDiagonal(double weight, Span<double> gradient)
    {
        gradient[_layout.JointVariance] += weight * _jointVariance;
        gradient[_layout.Noise] += weight * Noise;
        if (_layout.IsAdditive)
        {
            gradient[_layout.AdditiveVariance] += weight * _shareVariance * _layout.Features;
        }
    }
}

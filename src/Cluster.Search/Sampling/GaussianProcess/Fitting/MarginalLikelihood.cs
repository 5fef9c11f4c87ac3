using System.Runtime.CompilerServices;
using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;

namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>The negative logarithm of the posterior density of hyperparameters, with its gradient.</summary>
/// <remarks>
/// The constant mean is integrated out at its best value (generalised least squares with a standard normal prior); the gradient does not
/// depend on it by the envelope theorem. One evaluation costs n³/2 + n² d multiply-adds, with warped inputs 2 n² d more.
/// Source: Rasmussen and Williams 2006, equations 2.30 and 5.9.
/// </remarks>
internal sealed class MarginalLikelihood
{
    private readonly KernelLayout _layout;
    private readonly HyperparameterPrior _prior;
    private readonly FeatureColumns _raw;
    private readonly double[] _targets;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _slopes;
    private readonly double[] _kernels;
    private readonly double[] _inverse;
    private readonly double[] _scratch;

    public MarginalLikelihood(KernelLayout layout, HyperparameterPrior prior, FeatureColumns columns, double[] targets)
    {
        (_layout, _prior, _raw, _targets) = (layout, prior, columns, targets);
        var size = CholeskyFactor.Start(targets.Length + 1);
        (_slopes, _kernels, _inverse, _scratch) = (new double[size], new double[size], new double[size], new double[size]);
    }

    /// <summary>Computes the negative log density.</summary>
    /// <param name="logs">Hyperparameters.</param>
    /// <param name="gradient">Gets the gradient.</param>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var kernel = new StructuredKernel(_layout, logs);
        var warp = _layout.IsWarped ? new InputWarp(_layout, logs) : null;
        var columns = warp is null ? _raw : Warped(warp);
        Factorise(kernel, columns);
        var (mean, weights) = ConstantMean.Solve(_factor, _targets);
        var value = 0.5 * ((mean * mean) + _factor.LogDeterminant());
        for (var i = 0; i < weights.Length; i++)
        {
            value += 0.5 * weights[i] * (_targets[i] - mean);
        }

        _factor.Invert(_inverse, _scratch);
        Differentiate(kernel, columns, weights, gradient);
        if (warp is not null)
        {
            DifferentiateWarp(kernel, columns, warp, gradient);
        }

        return value + _prior.Add(logs, gradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Factorise(StructuredKernel kernel, FeatureColumns columns)
    {
        var point = new double[_layout.Features];
        _factor.Truncate(0);
        for (var i = 0; i < _targets.Length; i++)
        {
            var start = CholeskyFactor.Start(i);
            var row = _kernels.AsSpan(start, i + 1);
            columns.CopyTo(i, point);
            kernel.Row(point, columns, row, _slopes.AsSpan(start, i + 1));
            row[i] = kernel.Variance + kernel.Noise;
            _factor.Append(row, GaussianProcessDefaults.SmallestPivot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Differentiate(StructuredKernel kernel, FeatureColumns columns, double[] alpha, Span<double> gradient)
    {
        gradient.Clear();
        for (var i = 0; i < alpha.Length; i++)
        {
            var start = CholeskyFactor.Start(i);
            var inverse = _inverse.AsSpan(start, i + 1);
            kernel.DifferentiateDiagonal(0.5 * (inverse[i] - (alpha[i] * alpha[i])), gradient);

            // Off the diagonal each pair counts twice, and the factor one half of the derivative cancels.
            VectorKernels.AddScaled(-alpha[i], alpha.AsSpan(0, i), inverse);
            kernel.Differentiate(i, columns, inverse[..i], _kernels.AsSpan(start, i), _slopes.AsSpan(start, i), gradient);
        }
    }

    private FeatureColumns Warped(InputWarp warp)
    {
        var columns = new FeatureColumns(_layout.Features);
        var point = new double[_layout.Features];
        for (var i = 0; i < _targets.Length; i++)
        {
            _raw.CopyTo(i, point);
            warp.Apply(point);
            columns.Add(point);
        }

        return columns;
    }

    // The chain rule through each warped point. The inverse holds the weight of each pair already, off its diagonal.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DifferentiateWarp(StructuredKernel kernel, FeatureColumns columns, InputWarp warp, Span<double> gradient)
    {
        var (point, byPoint) = (new double[_layout.Features], new double[_layout.Features]);
        double[] kernels = new double[_targets.Length], slopes = new double[_targets.Length], weights = new double[_targets.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            for (var j = 0; j < weights.Length; j++)
            {
                weights[j] = j == i ? 0 : _inverse[CholeskyFactor.Start(Math.Max(i, j)) + Math.Min(i, j)];
            }

            columns.CopyTo(i, point);
            kernel.Row(point, columns, kernels, slopes);
            kernel.Gradient(point, columns, weights, slopes, byPoint);
            _raw.CopyTo(i, point);
            for (var f = 0; f < point.Length; f++)
            {
                var (byA, byB) = warp.ByLogs(f, point[f]);
                gradient[_layout.WarpA(f)] += byPoint[f] * byA;
                gradient[_layout.WarpB(f)] += byPoint[f] * byB;
            }
        }
    }
}

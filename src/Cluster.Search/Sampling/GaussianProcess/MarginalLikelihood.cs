using System.Runtime.CompilerServices;
using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>The negative logarithm of the posterior density of hyperparameters, with its gradient.</summary>
/// <remarks>
/// The constant mean is integrated out at its best value (generalised least squares with a standard normal prior); the gradient does not
/// depend on it by the envelope theorem. One evaluation costs n³/2 + n² d multiply-adds.
/// Source: Rasmussen and Williams 2006, equations 2.30 and 5.9.
/// </remarks>
internal sealed class MarginalLikelihood
{
    private readonly KernelLayout _layout;
    private readonly HyperparameterPrior _prior;
    private readonly FeatureColumns _columns;
    private readonly double[] _targets;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _slopes;
    private readonly double[] _kernels;
    private readonly double[] _inverse;
    private readonly double[] _scratch;

    public MarginalLikelihood(KernelLayout layout, HyperparameterPrior prior, FeatureColumns columns, double[] targets)
    {
        (_layout, _prior, _columns, _targets) = (layout, prior, columns, targets);
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
        Factorise(kernel);
        var (mean, weights) = ConstantMean.Solve(_factor, _targets);
        var value = 0.5 * ((mean * mean) + _factor.LogDeterminant());
        for (var i = 0; i < weights.Length; i++)
        {
            value += 0.5 * weights[i] * (_targets[i] - mean);
        }

        _factor.Invert(_inverse, _scratch);
        Differentiate(kernel, weights, gradient);
        return value + _prior.Add(logs, gradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Factorise(StructuredKernel kernel)
    {
        var point = new double[_layout.Features];
        _factor.Truncate(0);
        for (var i = 0; i < _targets.Length; i++)
        {
            var start = CholeskyFactor.Start(i);
            var row = _kernels.AsSpan(start, i + 1);
            _columns.CopyTo(i, point);
            kernel.Row(point, _columns, row, _slopes.AsSpan(start, i + 1));
            row[i] = kernel.Variance + kernel.Noise;
            _factor.Append(row, GaussianProcessDefaults.SmallestPivot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Differentiate(StructuredKernel kernel, double[] alpha, Span<double> gradient)
    {
        gradient.Clear();
        for (var i = 0; i < alpha.Length; i++)
        {
            var start = CholeskyFactor.Start(i);
            var inverse = _inverse.AsSpan(start, i + 1);
            kernel.DifferentiateDiagonal(0.5 * (inverse[i] - (alpha[i] * alpha[i])), gradient);

            // Off the diagonal each pair counts twice, and the factor one half of the derivative cancels.
            VectorKernels.AddScaled(-alpha[i], alpha.AsSpan(0, i), inverse);
            kernel.Differentiate(i, _columns, inverse[..i], _kernels.AsSpan(start, i), _slopes.AsSpan(start, i), gradient);
        }
    }
}

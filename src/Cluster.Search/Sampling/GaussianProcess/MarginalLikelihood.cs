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
    private readonly bool[] _isCode;
    private readonly FeatureColumns _columns;
    private readonly double[] _targets;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _slopes;
    private readonly double[] _kernels;
    private readonly double[] _inverse;
    private readonly double[] _scratch;
    private readonly double[] _row;

    public MarginalLikelihood(bool[] isCode, FeatureColumns columns, double[] targets)
    {
        (_isCode, _columns, _targets) = (isCode, columns, targets);
        var size = CholeskyFactor.Start(targets.Length + 1);
        (_slopes, _kernels, _inverse, _scratch) = (new double[size], new double[size], new double[size], new double[size]);
        _row = new double[targets.Length];
    }

    /// <summary>Computes the negative log density.</summary>
    /// <param name="logs">Hyperparameters.</param>
    /// <param name="gradient">Gets the gradient.</param>
    /// <returns>The value.</returns>
    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var hyperparameters = new Hyperparameters(logs.ToArray());
        var kernel = new MaternKernel(_isCode, hyperparameters);
        Factorise(kernel, hyperparameters.Noise);
        var (mean, weights) = ConstantMean.Solve(_factor, _targets);
        var value = 0.5 * ((mean * mean) + _factor.LogDeterminant());
        for (var i = 0; i < weights.Length; i++)
        {
            value += 0.5 * weights[i] * (_targets[i] - mean);
        }

        _factor.Invert(_inverse, _scratch);
        Differentiate(kernel, hyperparameters, weights, gradient);
        return value + HyperparameterPrior.Add(logs, gradient);
    }

    private void Factorise(MaternKernel kernel, double noise)
    {
        var point = new double[_isCode.Length];
        _factor.Truncate(0);
        for (var i = 0; i < _targets.Length; i++)
        {
            var start = CholeskyFactor.Start(i);
            var row = _kernels.AsSpan(start, i + 1);
            _columns.CopyTo(i, point);
            kernel.Row(point, _columns, row, _slopes.AsSpan(start, i + 1));
            row[i] = kernel.Variance + noise;
            _factor.Append(row, GaussianProcessDefaults.SmallestPivot);
            row[i] = kernel.Variance;
        }
    }

    private void Differentiate(MaternKernel kernel, Hyperparameters hyperparameters, double[] alpha, Span<double> gradient)
    {
        gradient.Clear();
        var (signal, trace) = (0.0, 0.0);
        for (var i = 0; i < alpha.Length; i++)
        {
            var start = CholeskyFactor.Start(i);
            var inverse = _inverse.AsSpan(start, i + 1);
            var diagonal = inverse[i] - (alpha[i] * alpha[i]);
            trace += diagonal;

            // Off the diagonal each pair counts twice, and the factor one half of the derivative cancels.
            VectorKernels.AddScaled(-alpha[i], alpha.AsSpan(0, i), inverse);
            signal += VectorKernels.Dot(inverse[..i], _kernels.AsSpan(start, i)) + (0.5 * diagonal * kernel.Variance);
            var weighted = _row.AsSpan(0, i);
            for (var j = 0; j < i; j++)
            {
                weighted[j] = inverse[j] * _slopes[start + j];
            }

            for (var f = 0; f < _isCode.Length; f++)
            {
                var column = _columns.Column(f, i + 1);
                gradient[f] += kernel.Weights[f] * (_isCode[f] ? SumOfMismatches(column, weighted) : SumOfSquares(column, weighted));
            }
        }

        gradient[^2] = signal;
        gradient[^1] = 0.5 * trace * hyperparameters.Noise;
    }

    private static double SumOfMismatches(ReadOnlySpan<double> column, ReadOnlySpan<double> weighted)
    {
        var sum = 0.0;
        for (var j = 0; j < weighted.Length; j++)
        {
            sum += column[j] == column[^1] ? 0 : weighted[j];
        }

        return sum;
    }

    private static double SumOfSquares(ReadOnlySpan<double> column, ReadOnlySpan<double> weighted) =>
        VectorKernels.DotSquaredDifferences(weighted, column, column[^1]);
}

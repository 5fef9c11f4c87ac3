using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;

namespace SearchCluster.Search.Sampling.GaussianProcess.Prediction;

/// <summary>The process given observations and pending points: mean and deviation anywhere, with gradients.</summary>
/// <remarks>
/// A pending point is believed to get its own posterior mean (the "kriging believer": Ginsbourger, Le Riche and Carraro 2010): that leaves
/// the mean everywhere as it is and lowers the deviation near the point, so it costs one appended row, O(n²), and no new weights. Or its
/// results are imagined (<see cref="Imagine"/>): then the improvement is the mean over samples of what pending points may turn out to be.
/// A prediction costs O(n² / 2 + n d), one with gradient twice that.
/// </remarks>
internal sealed class Posterior
{
    private readonly FeatureMap _map;
    private readonly ModelFit _fit;
    private readonly StructuredKernel _kernel;
    private readonly InputWarp? _warp;
    private readonly FeatureColumns _columns;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _features;
    private readonly List<double> _targets = [];
    private ConstantMean _mean;
    private double[] _kernels = [];
    private double[] _slopes = [];
    private double[] _solved = [];
    private double[] _coefficients = [];
    private ImaginedResults? _imagined;

    public Posterior(FeatureMap map, ModelFit fit)
    {
        (_map, _fit) = (map, fit);
        _kernel = new StructuredKernel(fit.Layout, fit.Logs);
        _warp = fit.Layout.IsWarped ? new InputWarp(fit.Layout, fit.Logs) : null;
        _columns = new FeatureColumns(map.Count);
        _features = new double[map.Count];
    }

    /// <summary>The fit it is based on.</summary>
    public ModelFit Fit => _fit;

    /// <summary>How many observations it holds.</summary>
    public int Observed => _targets.Count;

    /// <summary>How many points it holds, pending ones included.</summary>
    public int Count => _factor.Count;

    /// <summary>The lowest posterior mean at an observed point, in units of the standardised loss.</summary>
    public double Best { get; private set; }

    /// <summary>Adds observations, and forgets pending points.</summary>
    /// <param name="points">Their points.</param>
    /// <param name="losses">Their losses.</param>
    public void Observe(IEnumerable<double[]> points, IEnumerable<double> losses)
    {
        Forget();
        foreach (var (point, loss) in points.Zip(losses))
        {
            Append(point);
            _targets.Add(_fit.Transform.Apply(loss));
        }

        Solve();
    }

    private void Solve()
    {
        var targets = _targets.ToArray();
        _mean = ConstantMean.Solve(_factor, targets);

        // K w = y - mean, hence the posterior mean at an observation is its target minus noise times its weight.
        Best = double.PositiveInfinity;
        for (var i = 0; i < targets.Length; i++)
        {
            Best = Math.Min(Best, targets[i] - (_kernel.Noise * _mean.Weights[i]));
        }
    }

    /// <summary>Adds a pending point.</summary>
    /// <param name="point">Its coordinates.</param>
    public void Believe(ReadOnlySpan<double> point) => Append(point);

    /// <summary>Imagines results of the pending points that are believed so far; improvements are then means over them.</summary>
    /// <param name="normals">For each sample a standard normal number for each pending point.</param>
    public void Imagine(IReadOnlyList<double[]> normals) => _imagined = ImaginedResults.Of(_factor, _mean, [.. _targets], Best, normals);

    /// <summary>Makes the same process with other length scales.</summary>
    /// <param name="factor">Factor of every length scale.</param>
    /// <returns>A process with the same observations and pending points.</returns>
    public Posterior Shortened(double factor)
    {
        var logs = _fit.Logs.ToArray();
        for (var i = 0; i < _fit.Layout.JointVariance; i++)
        {
            logs[i] += Math.Log(factor);
        }

        var other = new Posterior(_map, _fit with { Logs = logs });
        for (var i = 0; i < Count; i++)
        {
            _columns.CopyTo(i, _features);
            other.AppendFeatures(_features);
        }

        other._targets.AddRange(_targets);
        other.Solve();
        return other;
    }

    /// <summary>Forgets the pending points.</summary>
    public void Forget()
    {
        _imagined = null;
        _factor.Truncate(_targets.Count);
        _columns.Truncate(_targets.Count);
    }

    /// <summary>Predicts.</summary>
    /// <param name="point">Coordinates; NaN for inactive parameters.</param>
    /// <returns>Mean and deviation, in units of the standardised loss.</returns>
    public (double Mean, double Deviation) Predict(ReadOnlySpan<double> point)
    {
        Map(point);
        var kernels = _kernels.AsSpan(0, Count);
        _kernel.Row(_features, _columns, kernels, _slopes);
        var mean = _mean.Mean + VectorKernels.Dot(_mean.Weights, kernels);
        _factor.SolveLower(kernels);
        return (mean, Deviation(kernels));
    }

    /// <summary>Computes log EI.</summary>
    /// <param name="point">Coordinates; NaN for inactive parameters.</param>
    /// <returns>The logarithm.</returns>
    public double LogImprovement(ReadOnlySpan<double> point)
    {
        Map(point);
        var kernels = _kernels.AsSpan(0, Count);
        var solved = _solved.AsSpan(0, Count);
        _kernel.Row(_features, _columns, kernels, _slopes);
        kernels.CopyTo(solved);
        _factor.SolveLower(solved);
        return Improvement(kernels, Deviation(solved), coefficients: []).Value;
    }

    /// <summary>Computes log EI and its gradient.</summary>
    /// <param name="point">Coordinates; NaN for inactive parameters.</param>
    /// <param name="gradient">Gets the derivative by each feature.</param>
    /// <returns>The logarithm.</returns>
    public double LogImprovement(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Map(point);
        var kernels = _kernels.AsSpan(0, Count);
        var solved = _solved.AsSpan(0, Count);
        _kernel.Row(_features, _columns, kernels, _slopes);
        kernels.CopyTo(solved);
        _factor.SolveLower(solved);
        var deviation = Deviation(solved);
        _factor.SolveUpper(solved);
        var (value, byDeviation) = Improvement(kernels, deviation, _coefficients.AsSpan(0, Count));
        for (var i = 0; i < solved.Length; i++)
        {
            solved[i] = _coefficients[i] - (byDeviation / deviation * solved[i]);
        }

        _kernel.Gradient(_features, _columns, solved, _slopes, gradient);
        if (_warp is not null)
        {
            _map.Map(point, _features);
            for (var f = 0; f < _features.Length; f++)
            {
                gradient[f] *= _warp.Slope(f, _features[f]);
            }
        }

        return value;
    }

    // Log EI, its derivative by the deviation, and, where asked for, by each kernel through the mean.
    private (double Value, double ByDeviation) Improvement(ReadOnlySpan<double> kernels, double deviation, Span<double> coefficients)
    {
        if (_imagined is not null)
        {
            return _imagined.Improvement(kernels, deviation, coefficients);
        }

        var (value, byMean, byDeviation) = LogExpectedImprovement.At(
            _mean.Mean + VectorKernels.Dot(_mean.Weights, kernels), deviation, Best);
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = i < _mean.Weights.Length ? byMean * _mean.Weights[i] : 0;
        }

        return (value, byDeviation);
    }

    private void Map(ReadOnlySpan<double> point)
    {
        _map.Map(point, _features);
        _warp?.Apply(_features);
    }

    // The floor is the variance that rounding of the sum of squares can hide.
    private double Deviation(ReadOnlySpan<double> solved) =>
        Math.Sqrt(Math.Max(_kernel.Variance - VectorKernels.Dot(solved, solved), GaussianProcessDefaults.SmallestPivot * _kernel.Variance));

    private void Append(ReadOnlySpan<double> point)
    {
        Map(point);
        AppendFeatures(_features);
    }

    private void AppendFeatures(double[] features)
    {
        if (_kernels.Length <= Count)
        {
            var size = Math.Max(32, 2 * (Count + 1));
            (_kernels, _slopes, _solved, _coefficients) = (new double[size], new double[size], new double[size], new double[size]);
        }

        _columns.Add(features);
        var row = _kernels.AsSpan(0, Count + 1);
        _kernel.Row(features, _columns, row, _slopes);
        row[^1] = _kernel.Variance + _kernel.Noise;
        _factor.Append(row, GaussianProcessDefaults.SmallestPivot);
    }
}

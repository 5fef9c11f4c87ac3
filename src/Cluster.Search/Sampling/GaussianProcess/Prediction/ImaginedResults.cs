using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;

namespace SearchCluster.Search.Sampling.GaussianProcess.Prediction;

/// <summary>What pending points may turn out to be: samples of the posterior, each with the process that would follow from it.</summary>
/// <remarks>
/// The expected improvement of one more point beside q - 1 pending ones is the mean, over samples of the
/// pending ones, of the improvement on the best of observed and sampled losses; the last point is integrated in closed form, so that log
/// q-EI needs no smoothed maximum. All samples share the deviation; in whitened coordinates each is a vector of independent normal numbers,
/// so a sample costs one triangular solve. An evaluation costs O(s n) beside the O(n²/2) of the deviation, for s samples.
/// Source: Ament et al., "Unexpected Improvements to Expected Improvement for Bayesian Optimization", NeurIPS
/// 2023, section 4.2 (sequential greedy form); Snoek, Larochelle and Adams, "Practical Bayesian Optimization of Machine Learning
/// Algorithms", NeurIPS 2012, section 3.2.
/// </remarks>
internal sealed class ImaginedResults
{
    private readonly double _mean;
    private readonly double[][] _weights;
    private readonly double[] _bests;
    private readonly double[] _values;
    private readonly double[] _byMeans;
    private readonly double[] _byDeviations;

    private ImaginedResults(double mean, double[][] weights, double[] bests)
    {
        (_mean, _weights, _bests) = (mean, weights, bests);
        (_values, _byMeans, _byDeviations) = (new double[bests.Length], new double[bests.Length], new double[bests.Length]);
    }

    /// <summary>Draws the samples.</summary>
    /// <param name="factor">Factor of the covariance of observed, then pending points.</param>
    /// <param name="mean">Constant and weights of the observed points.</param>
    /// <param name="targets">Observed losses, standardised.</param>
    /// <param name="best">The best of them.</param>
    /// <param name="normals">For each sample a standard normal number for each pending point.</param>
    public static ImaginedResults Of(
        CholeskyFactor factor, ConstantMean mean, double[] targets, double best, IReadOnlyList<double[]> normals)
    {
        var observed = targets.Length;
        double[] whitened = [.. targets.Select(target => target - mean.Mean)];
        factor.SolveLower(whitened);
        var (weights, bests) = (new double[normals.Count][], new double[normals.Count]);
        for (var s = 0; s < normals.Count; s++)
        {
            weights[s] = new double[factor.Count];
            normals[s].AsSpan(0, factor.Count - observed).CopyTo(weights[s].AsSpan(observed));
            bests[s] = best;
            for (var j = observed; j < factor.Count; j++)
            {
                var row = factor.Row(j);
                var loss = mean.Mean + VectorKernels.Dot(row[..observed], whitened) + VectorKernels.Dot(
                    row[observed..], weights[s].AsSpan(observed, row.Length - observed));
                bests[s] = Math.Min(bests[s], loss);
            }

            factor.SolveUpper(weights[s]);
            VectorKernels.AddScaled(1, mean.Weights, weights[s].AsSpan(0, observed));
        }

        return new(mean.Mean, weights, bests);
    }

    /// <summary>Computes the logarithm of the mean expected improvement.</summary>
    /// <param name="kernels">Kernels of the point with all points.</param>
    /// <param name="deviation">Deviation at the point.</param>
    /// <param name="coefficients">Gets the derivative by each kernel through the means; empty when it is not wanted.</param>
    /// <returns>The logarithm, and its derivative by the deviation.</returns>
    public (double Value, double ByDeviation) Improvement(ReadOnlySpan<double> kernels, double deviation, Span<double> coefficients)
    {
        var largest = double.NegativeInfinity;
        for (var s = 0; s < _values.Length; s++)
        {
            (_values[s], _byMeans[s], _byDeviations[s]) = LogExpectedImprovement.At(
                _mean + VectorKernels.Dot(_weights[s], kernels), deviation, _bests[s]);
            largest = Math.Max(largest, _values[s]);
        }

        var sum = 0.0;
        for (var s = 0; s < _values.Length; s++)
        {
            _values[s] = Math.Exp(_values[s] - largest);
            sum += _values[s];
        }

        coefficients.Clear();
        var byDeviation = 0.0;
        for (var s = 0; s < _values.Length; s++)
        {
            var share = _values[s] / sum;
            byDeviation += share * _byDeviations[s];
            if (!coefficients.IsEmpty)
            {
                VectorKernels.AddScaled(share * _byMeans[s], _weights[s], coefficients);
            }
        }

        return (largest + Math.Log(sum / _values.Length), byDeviation);
    }
}

using SearchCluster.Search.Sampling.GaussianProcess.Kernels;

namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>Prior of the hyperparameters: normal on each logarithm, and a box.</summary>
/// <remarks>
/// The median length scale of the joint part grows with the root of the number of features, so that the complexity of the functions
/// expected does not grow with the dimension; in the additive part each feature is alone, and nothing grows. Source: Hvarfner, Hellsten
/// and Nardi, "Vanilla Bayesian Optimization Performs Great in High Dimensions", ICML 2024, arXiv:2402.02229, section 5. Differs: the
/// median is √d instead of 4.1 √d, because processes that vary so slowly spend the first trials on the corners of the cube; the noise is
/// expected near 1e-6 of the variance, because most objectives of a search are nearly deterministic.
/// </remarks>
internal sealed class HyperparameterPrior
{
    private const double VarianceDeviation = 1.5;
    private const double NoiseDeviation = 3;
    private const double WarpDeviation = 0.5;
    private const double LengthLocation = 0;
    private static readonly double LengthDeviation = Math.Sqrt(3);
    private static readonly double NoiseLocation = Math.Log(1e-6);
    private readonly KernelLayout _layout;
    private readonly double[] _means;
    private readonly double[] _deviations;

    public HyperparameterPrior(KernelLayout layout)
    {
        _layout = layout;
        (_means, _deviations) = (new double[layout.Count], new double[layout.Count]);
        (Lower, Upper) = (new double[layout.Count], new double[layout.Count]);
        for (var f = 0; f < layout.Features; f++)
        {
            Set(KernelLayout.JointLength(f), LengthLocation + (0.5 * Math.Log(layout.Features)), LengthDeviation, 0.02, 200);
            if (layout.IsAdditive)
            {
                Set(layout.AdditiveLength(f), 0, LengthDeviation, 0.02, 200);
            }

            if (layout.IsWarped)
            {
                // The identity is the mode, and a factor of two from it is two deviations away.
                Set(layout.WarpA(f), 0, WarpDeviation, 0.125, 8);
                Set(layout.WarpB(f), 0, WarpDeviation, 0.125, 8);
            }
        }

        Set(layout.JointVariance, 0, VarianceDeviation, 1e-3, 100);
        Set(layout.Noise, NoiseLocation, NoiseDeviation, 1e-10, 1);
        if (layout.IsAdditive)
        {
            Set(layout.AdditiveVariance, 0, VarianceDeviation, 1e-3, 100);
        }
    }

    /// <summary>Lower ends of the box.</summary>
    public double[] Lower { get; }

    /// <summary>Upper ends of the box.</summary>
    public double[] Upper { get; }

    /// <summary>Computes the negative log density up to a constant.</summary>
    /// <param name="logs">Hyperparameters.</param>
    /// <param name="gradient">Gets the gradient added.</param>
    /// <returns>The value.</returns>
    public double Add(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var value = 0.0;
        for (var i = 0; i < logs.Length; i++)
        {
            var z = (logs[i] - _means[i]) / _deviations[i];
            value += 0.5 * z * z;
            gradient[i] += z / _deviations[i];
        }

        return value;
    }

    /// <summary>Where the fits without a predecessor start: a function that varies slowly, one that varies
    /// quickly, and mostly noise.</summary>
    /// <returns>Hyperparameters.</returns>
    public IEnumerable<double[]> Starts() => [Start(0.6, 1e-5), Start(0.15, 1e-5), Start(1.5, 0.1)];

    private double[] Start(double lengthScale, double noise)
    {
        var logs = new double[_layout.Count];
        Array.Fill(logs, Math.Log(lengthScale * Math.Sqrt(_layout.Features)), 0, _layout.Features);
        if (_layout.IsAdditive)
        {
            Array.Fill(logs, Math.Log(lengthScale), _layout.Features, _layout.Features);
        }

        logs[_layout.Noise] = Math.Log(noise);
        return logs;
    }

    private void Set(int index, double mean, double deviation, double lower, double upper) =>
        (_means[index], _deviations[index], Lower[index], Upper[index]) = (mean, deviation, Math.Log(lower), Math.Log(upper));
}

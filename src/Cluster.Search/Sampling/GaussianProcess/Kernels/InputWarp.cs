namespace SearchCluster.Search.Sampling.GaussianProcess.Kernels;

/// <summary>Stretches the interval of each number, so that a loss that changes fast at one end of its range
/// looks alike everywhere to a stationary kernel.</summary>
/// <remarks>
/// w(x) = 1 - (1 - x^a)^b on [0, 1], the distribution function of Kumaraswamy, with w(x) = x for a = b = 1. Codes stay as they are.
/// Source: Snoek, Swersky, Zemel and Adams, "Input Warping for Bayesian Optimization of Non-stationary Functions", ICML 2014. Differs:
/// Kumaraswamy's law for Beta's, which has a closed form; a and b at their maximum a posteriori instead of sampled.
/// </remarks>
internal sealed class InputWarp
{
    // Where slopes are taken: at the ends themselves they can be infinite.
    private const double End = 1e-6;

    private readonly double[] _a;
    private readonly double[] _b;
    private readonly bool[] _isCode;

    public InputWarp(KernelLayout layout, ReadOnlySpan<double> logs)
    {
        _isCode = layout.IsCode;
        (_a, _b) = (new double[layout.Features], new double[layout.Features]);
        for (var f = 0; f < layout.Features; f++)
        {
            (_a[f], _b[f]) = (Math.Exp(logs[layout.WarpA(f)]), Math.Exp(logs[layout.WarpB(f)]));
        }
    }

    /// <summary>Warps a point in place.</summary>
    public void Apply(Span<double> features)
    {
        for (var f = 0; f < features.Length; f++)
        {
            if (!_isCode[f])
            {
                features[f] = 1 - Math.Pow(1 - Math.Pow(Math.Clamp(features[f], 0, 1), _a[f]), _b[f]);
            }
        }
    }

    /// <summary>Computes dw/dx.</summary>
    /// <param name="feature">Which feature; no code.</param>
    /// <param name="x">From 0 to 1.</param>
    public double Slope(int feature, double x)
    {
        if (_isCode[feature])
        {
            return 1;
        }

        var inner = Math.Clamp(x, End, 1 - End);
        return _a[feature] * _b[feature] * Math.Pow(inner, _a[feature] - 1) * Math.Pow(1 - Math.Pow(inner, _a[feature]), _b[feature] - 1);
    }

    /// <summary>Computes dw/d ln a and dw/d ln b.</summary>
    /// <param name="feature">Which feature.</param>
    /// <param name="x">From 0 to 1.</param>
    public (double ByLogA, double ByLogB) ByLogs(int feature, double x)
    {
        if (_isCode[feature] || x <= End || x >= 1 - End)
        {
            return (0, 0);
        }

        var power = Math.Pow(x, _a[feature]);
        var rest = Math.Pow(1 - power, _b[feature]);
        return (_a[feature] * _b[feature] * rest / (1 - power) * power * Math.Log(x), -_b[feature] * rest * Math.Log(1 - power));
    }
}

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Prior of the hyperparameters: normal on each logarithm.</summary>
/// <remarks>
/// The median length scale grows with the root of the number of features, so that the complexity of the functions expected does not grow
/// with the dimension. Source: Hvarfner, Hellsten and Nardi, "Vanilla Bayesian Optimization Performs Great in High Dimensions", ICML
/// 2024, arXiv:2402.02229, section 5.
/// </remarks>
internal static class HyperparameterPrior
{
    private const double SignalDeviation = 1.5;
    private const double NoiseDeviation = 3;
    private static readonly double LengthLocation = Math.Sqrt(2);
    private static readonly double LengthDeviation = Math.Sqrt(3);
    private static readonly double NoiseLocation = Math.Log(1e-6);

    private static (double Min, double Max) LengthBounds { get; } = (Math.Log(0.02), Math.Log(200));

    private static (double Min, double Max) SignalBounds { get; } = (Math.Log(0.05), Math.Log(100));

    private static (double Min, double Max) NoiseBounds { get; } = (Math.Log(1e-10), 0);

    /// <summary>Computes the negative log density up to a constant.</summary>
    /// <param name="logs">Hyperparameters.</param>
    /// <param name="gradient">Gets the gradient added.</param>
    /// <returns>The value.</returns>
    public static double Add(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var value = 0.0;
        var location = LengthLocation + (0.5 * Math.Log(logs.Length - 2));
        for (var i = 0; i < logs.Length; i++)
        {
            var (mean, deviation) = i < logs.Length - 2 ? (location, LengthDeviation)
                : i == logs.Length - 2 ? (0, SignalDeviation) : (NoiseLocation, NoiseDeviation);
            var z = (logs[i] - mean) / deviation;
            value += 0.5 * z * z;
            gradient[i] += z / deviation;
        }

        return value;
    }

    /// <summary>Where the fits without a predecessor start: a function that varies slowly, quickly, and mostly noise.</summary>
    /// <param name="features">How many features.</param>
    /// <returns>Hyperparameters.</returns>
    public static IEnumerable<double[]> Starts(int features) => [Start(features, 0.6, 1e-5), Start(features, 0.15, 1e-5), Start(features, 1.5, 0.1)];

    /// <summary>The box in which hyperparameters are sought.</summary>
    /// <param name="features">How many features.</param>
    /// <returns>Lower and upper ends.</returns>
    public static (double[] Lower, double[] Upper) Bounds(int features)
    {
        var (lower, upper) = (new double[features + 2], new double[features + 2]);
        Array.Fill(lower, LengthBounds.Min);
        Array.Fill(upper, LengthBounds.Max);
        (lower[^2], upper[^2], lower[^1], upper[^1]) = (SignalBounds.Min, SignalBounds.Max, NoiseBounds.Min, NoiseBounds.Max);
        return (lower, upper);
    }

    private static double[] Start(int features, double lengthScale, double noise)
    {
        var logs = new double[features + 2];
        Array.Fill(logs, Math.Log(lengthScale * Math.Sqrt(features)), 0, features);
        logs[^1] = Math.Log(noise);
        return logs;
    }
}

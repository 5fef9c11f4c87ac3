using SearchCluster.Search.Sampling.GaussianProcess.Fitting;

namespace SearchCluster.Search.Sampling.GaussianProcess.Prediction;

/// <summary>Predictions of the transformed loss in units of the objective.</summary>
internal static class PredictionUnits
{
    private const int Nodes = 97;
    private const double Reach = 8;

    /// <summary>Integrates the inverse transform over the normal prediction.</summary>
    /// <param name="transform">What the model's losses went through.</param>
    /// <param name="mean">In units of the standardised loss.</param>
    /// <param name="deviation">In the same units.</param>
    /// <param name="best">The loss to improve on, in the same units.</param>
    /// <returns>Mean, deviation and expected improvement of the loss.</returns>
    /// <remarks>The trapezoidal rule from -8 to 8 deviations; its error is far below what is printed.</remarks>
    public static ModelPrediction Undo(OutputTransform transform, double mean, double deviation, double best)
    {
        var (total, first, second, gain) = (0.0, 0.0, 0.0, 0.0);
        var (centre, threshold) = (transform.Undo(mean), transform.Undo(best));
        for (var i = 0; i < Nodes; i++)
        {
            var z = ((2.0 * i / (Nodes - 1)) - 1) * Reach;
            var weight = Math.Exp(-0.5 * z * z);
            var difference = transform.Undo(mean + (deviation * z)) - centre;
            total += weight;
            first += weight * difference;
            second += weight * difference * difference;
            gain += weight * Math.Max(0, threshold - centre - difference);
        }

        first /= total;
        return new(centre + first, Math.Sqrt(Math.Max(0, (second / total) - (first * first))), gain / total);
    }
}

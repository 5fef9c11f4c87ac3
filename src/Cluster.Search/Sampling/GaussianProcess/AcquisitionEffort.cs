namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>How long the acquisition is searched.</summary>
/// <param name="Candidates">How many points are drawn.</param>
/// <param name="Starts">From how many of them it climbs.</param>
internal readonly record struct AcquisitionEffort(int Candidates, int Starts)
{
    private const double CandidateBudget = 6e6;
    private const int ManyFeatures = 32;

    /// <summary>Chooses the effort: a fixed amount of arithmetic for the draws, so that a suggestion takes about as long for many observations.</summary>
    /// <param name="points">Points of the model.</param>
    /// <param name="features">Features.</param>
    /// <returns>The effort.</returns>
    public static AcquisitionEffort For(int points, int features)
    {
        var cost = (0.5 * points * points) + (points * (features + 20.0)) + (200.0 * features);
        return new((int)Math.Clamp(CandidateBudget / cost, 64, 600), features > ManyFeatures ? 2 : points <= 128 ? 6 : 3);
    }
}

namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>How long the acquisition is searched.</summary>
/// <param name="Candidates">How many points are drawn.</param>
/// <param name="Starts">From how many of them it climbs.</param>
/// <param name="Rounds">How often continuous steps and moves alternate at most.</param>
/// <param name="Iterations">Most continuous steps in a row.</param>
internal readonly record struct AcquisitionEffort(int Candidates, int Starts, int Rounds, int Iterations)
{
    private const int FewPoints = 128;
    private const int ManyFeatures = 32;
    private const int FewestCandidates = 64;
    private const int MostCandidates = 600;

    // Multiply-adds spent on the draws; a prediction costs about (n²/2 + 20 n + n d) of them, and encoding a point 200 for each parameter.
    private const double ThoroughBudget = 6e6;
    private const double QuickBudget = 4e6;

    /// <summary>Chooses the effort: a fixed amount of arithmetic for the draws, so that a suggestion takes
    /// about as long for many observations.</summary>
    /// <param name="points">Points of the model.</param>
    /// <param name="features">Numbers that encode one point.</param>
    public static AcquisitionEffort For(int points, int features)
    {
        var isThorough = points <= FewPoints;
        var cost = (0.5 * points * points) + (points * (features + 20.0)) + (200.0 * features);
        var candidates = (int)Math.Clamp((isThorough ? ThoroughBudget : QuickBudget) / cost, FewestCandidates, MostCandidates);
        return new(candidates, features > ManyFeatures ? 2 : isThorough ? 6 : 3, isThorough ? 3 : 2, isThorough ? 25 : 12);
    }
}

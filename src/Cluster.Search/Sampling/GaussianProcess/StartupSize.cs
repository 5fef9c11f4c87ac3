using SearchCluster.Search.Sampling.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>How many points of the start-up design come before the model.</summary>
internal static class StartupSize
{
    private const int FewestPoints = 5;
    private const int MostPoints = 10;

    /// <summary>Finds the number: one more than the parameters that vary, from 5 to 10.</summary>
    /// <param name="encoding">The space.</param>
    /// <returns>How many.</returns>
    public static int Of(SpaceEncoding encoding) => Math.Clamp(encoding.Axes.Count(axis => axis.Levels > 1) + 1, FewestPoints, MostPoints);
}

using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>How many points of the start-up design come before the model.</summary>
internal static class StartupSize
{
    private const int FewestPoints = 6;
    private const int MostPoints = 12;

    /// <summary>Finds the number: twice the parameters that vary, from 6 to 12.</summary>
    /// <param name="encoding">The space.</param>
    /// <returns>How many.</returns>
    public static int Of(SpaceEncoding encoding) => Math.Clamp(2 * encoding.Axes.Count(axis => axis.Levels > 1), FewestPoints, MostPoints);
}

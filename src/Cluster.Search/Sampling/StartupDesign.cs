namespace SearchCluster.Search.Sampling;

/// <summary>Places the first trials of a sampler that has nothing to learn from yet.</summary>
internal static class StartupDesign
{
    /// <summary>Fills in one point of the unit cube.</summary>
    /// <param name="stream">The trial's stream.</param>
    /// <param name="point">Gets independent uniform coordinates.</param>
    public static void Fill(RandomStream stream, Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = stream.NextDouble();
        }
    }
}

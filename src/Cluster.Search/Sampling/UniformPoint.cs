namespace SearchCluster.Search.Sampling;

/// <summary>Draws a point of the unit cube.</summary>
internal static class UniformPoint
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

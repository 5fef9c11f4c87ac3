namespace SearchCluster.Artifacts;

/// <summary>Writes artifacts: a store itself for those who need no lease, or what a store gives for one lease.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IArtifactWriter
{
    /// <summary>Writes an artifact as a whole: a reader sees the old one or the new one, never a part.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="write">Writes the content to a stream that need not seek; works on the calling thread, as serialisers do.</param>
    /// <param name="durability">What the artifact survives.</param>
    /// <param name="cancellation">Gives up; nothing is changed then.</param>
    /// <returns>When it has its name.</returns>
    /// <exception cref="ArtifactException">SC4101: the writer's lease was superseded; nothing was changed.</exception>
    ValueTask WriteAsync(
        string path,
        Action<Stream> write,
        ArtifactDurability durability = ArtifactDurability.PowerLoss,
        CancellationToken cancellation = default);
}

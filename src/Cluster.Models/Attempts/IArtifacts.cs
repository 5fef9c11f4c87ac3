using SearchCluster.Artifacts;

namespace SearchCluster.Models.Attempts;

/// <summary>What an attempt needs of the artifact store: to read what there is, and to write its own.</summary>
/// <remarks>Its calls wait, because an attempt has a thread of its own and nothing else to do meanwhile. Thread-safe.</remarks>
public interface IArtifacts
{
    /// <summary>Opens an artifact.</summary>
    /// <param name="path">Relative path with '/' separators, see <see cref="ArtifactPaths"/>.</param>
    /// <returns>A readable stream that the caller disposes, or null when there is no such artifact.</returns>
    Stream? OpenRead(string path);

    /// <summary>Tells whether an artifact exists.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <returns>True when it can be opened.</returns>
    bool Exists(string path);

    /// <summary>Writes an artifact as a whole: a reader sees the old one or the new one, never a part.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="write">Writes the content to a stream that need not seek.</param>
    /// <param name="durability">What the artifact survives.</param>
    /// <exception cref="ArtifactException">SC4101: a later attempt has begun, so this one's work does not count
    /// any more; nothing was changed.</exception>
    void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss);
}

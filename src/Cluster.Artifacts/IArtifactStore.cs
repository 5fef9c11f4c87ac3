namespace SearchCluster.Artifacts;

/// <summary>Files of a search by relative path (see <see cref="ArtifactPaths"/>); workers and coordinators share one through a folder or over HTTP.</summary>
/// <remarks>Implementations are thread-safe, and refuse every path that <see cref="ArtifactPath.Check"/> refuses.</remarks>
public interface IArtifactStore
{
    /// <summary>Opens an artifact.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <returns>A readable stream that the caller disposes, or null when there is no such artifact.</returns>
    Stream? OpenRead(string path);

    /// <summary>Writes an artifact as a whole: a reader sees the old one or the new one, never a part.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="write">Writes the content to a stream that need not seek.</param>
    /// <param name="durability">What the artifact survives.</param>
    void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss);

    /// <summary>Tells whether an artifact exists.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <returns>True when it can be opened.</returns>
    bool Exists(string path);

    /// <summary>Removes an artifact; nothing happens when there is none.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    void Delete(string path);
}

/// <summary>What a written artifact survives.</summary>
public enum ArtifactDurability
{
    /// <summary>The death of any process, not of the machine: no disk flush. For what can be computed again.</summary>
    ProcessDeath,

    /// <summary>A power loss too: flushed to the disk before it gets its name.</summary>
    PowerLoss,
}

using SearchCluster.Artifacts;

namespace SearchCluster.Models.Attempts;

/// <summary>A folder of another store as a store of its own.</summary>
/// <param name="inner">The other store.</param>
/// <param name="folder">The folder.</param>
internal sealed class FolderedArtifactStore(IArtifactStore inner, string folder) : IArtifactStore
{
    public Stream? OpenRead(string path) => inner.OpenRead($"{folder}/{path}");

    public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss) => inner.Write($"{folder}/{path}", write, durability);

    public bool Exists(string path) => inner.Exists($"{folder}/{path}");

    public void Delete(string path) => inner.Delete($"{folder}/{path}");
}

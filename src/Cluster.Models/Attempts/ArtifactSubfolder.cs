using SearchCluster.Artifacts;

namespace SearchCluster.Models.Attempts;

/// <summary>A folder of what an attempt sees as all that it sees.</summary>
/// <param name="inner">All of it.</param>
/// <param name="folder">Its path within that, with '/' and none at the end.</param>
internal sealed class ArtifactSubfolder(IArtifacts inner, string folder) : IArtifacts
{
    public Stream? OpenRead(string path) => inner.OpenRead($"{folder}/{path}");

    public bool Exists(string path) => inner.Exists($"{folder}/{path}");

    public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss) =>
        inner.Write($"{folder}/{path}", write, durability);
}

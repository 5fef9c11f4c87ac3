using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Tests;

/// <summary>Keeps artifacts in memory and counts writes.</summary>
internal sealed class MemoryArtifactStore : IArtifacts
{
    private readonly Lock _gate = new();

    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public List<(string Path, ArtifactDurability Durability)> Writes { get; } = [];

    public Stream? OpenRead(string path)
    {
        lock (_gate)
        {
            return Files.TryGetValue(ArtifactPath.Check(path), out var bytes) ? new MemoryStream(bytes, writable: false) : null;
        }
    }

    public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss)
    {
        using var memory = new MemoryStream();
        write(memory);
        lock (_gate)
        {
            Files[ArtifactPath.Check(path)] = memory.ToArray();
            Writes.Add((path, durability));
        }
    }

    public bool Exists(string path) => Files.ContainsKey(path);

    public void Delete(string path) => Files.Remove(path);
}

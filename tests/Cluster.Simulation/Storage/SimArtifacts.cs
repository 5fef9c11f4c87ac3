using SearchCluster.Artifacts;

namespace SearchCluster.Simulation.Storage;

/// <summary>The artifact store in memory, with its rule: from the moment an attempt begins no earlier one of the item writes.</summary>
internal sealed class SimArtifacts : IArtifactStore
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<WorkItem, long> _fences = [];

    public bool Exists(string path) => _files.ContainsKey(path);

    public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation = default) =>
        new(_files.TryGetValue(path, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation = default) => new(Exists(path));

    public ValueTask DeleteAsync(string path, CancellationToken cancellation = default)
    {
        _files.Remove(path);
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(SearchId search, CancellationToken cancellation = default)
    {
        _files.Clear();
        return ValueTask.CompletedTask;
    }

    public ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation = default)
    {
        if (_fences.GetValueOrDefault(lease.Item) > lease.Fence)
        {
            throw Superseded(lease);
        }

        _fences[lease.Item] = lease.Fence;
        return new(new Writer(this, lease));
    }

    public ValueTask WriteAsync(
        string path,
        Action<Stream> write,
        ArtifactDurability durability = ArtifactDurability.PowerLoss,
        CancellationToken cancellation = default)
    {
        using var stream = new MemoryStream();
        write(stream);
        _files[path] = stream.ToArray();
        return ValueTask.CompletedTask;
    }

    private static ArtifactException Superseded(LeaseKey lease) =>
        new(ModelCodes.Superseded, $"A later attempt than {lease} has begun.");

    private sealed class Writer(SimArtifacts store, LeaseKey lease) : IArtifactWriter
    {
        public ValueTask WriteAsync(
            string path,
            Action<Stream> write,
            ArtifactDurability durability = ArtifactDurability.PowerLoss,
            CancellationToken cancellation = default) =>
            store._fences.GetValueOrDefault(lease.Item) > lease.Fence
                ? throw Superseded(lease)
                : store.WriteAsync(path, write, durability, cancellation);
    }
}

namespace SearchCluster.Simulation;

/// <summary>A folder for the workers of one run, in memory where the system has that.</summary>
internal sealed class SimFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath(), "sc-simulation-" + Guid.NewGuid().ToString("N"))).FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

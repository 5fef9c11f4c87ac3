namespace SearchCluster.GpuWorker.Tests.Fakes;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("searchcluster-worker-").FullName;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}

using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests;

/// <summary>A state folder of its own for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => State = StateFolder.Resolve(Directory.CreateTempSubdirectory("searchcluster-").FullName);

    public StateFolder State { get; }

    public string PathOf(string name) => Path.Combine(State.Root, name);

    public void Dispose() => Directory.Delete(State.Root, recursive: true);
}

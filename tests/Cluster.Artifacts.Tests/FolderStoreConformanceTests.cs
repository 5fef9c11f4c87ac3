using SearchCluster.TestKit.Artifacts;

namespace SearchCluster.Artifacts.Tests;

public sealed class FolderStoreConformanceTests : ArtifactStoreConformance
{
    protected override string Root { get; } = Directory.CreateTempSubdirectory("searchcluster-store-").FullName;

    protected override Task<IArtifactStore> OpenAsync() => Task.FromResult<IArtifactStore>(new FolderArtifactStore(Root));

    protected override Task CloseAsync()
    {
        Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }
}

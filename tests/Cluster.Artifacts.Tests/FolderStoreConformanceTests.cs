using SearchCluster.TestKit.Artifacts;

namespace SearchCluster.Artifacts.Tests;

public sealed class FolderStoreConformanceTests : ArtifactStoreConformance
{
    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-store-").FullName;

    protected override Task<IArtifactStore> OpenAsync() => Task.FromResult<IArtifactStore>(new FolderArtifactStore(_root));

    protected override Task<int?> FilesAsync(SearchId search) => FilesAsync(_root, search);

    protected override Task CloseAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }
}

using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Http;
using SearchCluster.Hosting.State;
using SearchCluster.TestKit.Artifacts;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>Nothing else runs beside what weighs the heap.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Weighed;

/// <summary>The store over HTTP, before a whole coordinator.</summary>
[Collection(typeof(Weighed))]
public sealed class HttpStoreConformanceTests : ArtifactStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _scratch = new();
    private readonly List<HttpArtifactStore> _stores = [];
    private TestCoordinator? _coordinator;

    protected override Task<int?> FilesAsync(SearchId search) => FilesAsync(_folder.Path, search);

    protected override async Task<IArtifactStore> OpenAsync()
    {
        _coordinator ??= await TestCoordinator.StartAsync(_folder.Path);
        var store = new HttpArtifactStore(new HttpStoreOptions
        {
            Address = () => new Uri(_coordinator.Ready.Url),
            Token = () => AccessToken.TryLoad(_coordinator.Folder)!.Value,
            ScratchFolder = _scratch.Path,
            PartBytes = 1 << 20,
        });
        _stores.Add(store);
        return store;
    }

    protected override async Task CloseAsync()
    {
        _stores.ForEach(store => store.Dispose());
        await _coordinator!.DisposeAsync();
        Directory.GetFileSystemEntries(_scratch.Path).ShouldBeEmpty();
        _scratch.Dispose();
        _folder.Dispose();
    }
}

using SearchCluster.Artifacts.S3;
using SearchCluster.TestKit.Artifacts;

namespace SearchCluster.Artifacts.Tests.S3;

public sealed class S3StoreConformanceTests : ArtifactStoreConformance
{
    private const string Prefix = "lab/may";

    private readonly List<S3ArtifactStore> _stores = [];
    private TestBucket? _bucket;
    private StandIn? _front;

    protected override async Task<IArtifactStore> OpenAsync()
    {
        _bucket ??= await TestBucket.CreateAsync();
        _front ??= new(_bucket.Endpoint);
        var store = new S3ArtifactStore(_bucket.Options(Prefix) with { Endpoint = _front.Address });
        _stores.Add(store);
        return store;
    }

    protected override Task<int?> FilesAsync(SearchId search) => _bucket!.FilesAsync(Prefix, search);

    protected override async Task CloseAsync()
    {
        _stores.ForEach(store => store.Dispose());
        if (_bucket is not null)
        {
            await _front!.DisposeAsync();
            await _bucket.DisposeAsync();
        }
    }
}

using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Http;
using SearchCluster.Hosting.State;
using SearchCluster.TestKit.Artifacts;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>The store over HTTP, before a whole coordinator that keeps artifacts in an object store.</summary>
[Collection(typeof(Weighed))]
public sealed class HttpOverS3ConformanceTests : ArtifactStoreConformance
{
    private const string Prefix = "lab/june";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _scratch = new();
    private readonly List<HttpArtifactStore> _stores = [];
    private TestBucket? _bucket;
    private StandIn? _front;
    private TestCoordinator? _coordinator;

    protected override Task<int?> FilesAsync(SearchId search) => _bucket!.FilesAsync(Prefix, search);

    protected override async Task<IArtifactStore> OpenAsync()
    {
        _bucket ??= await TestBucket.CreateAsync();
        _front ??= new(_bucket.Endpoint);
        _coordinator ??= await TestCoordinator.StartAsync(
            _folder.Path, change: options => options with { Artifacts = $"s3://{_bucket.Name}/{Prefix}", Variable = Variable });
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
        if (_coordinator is not null)
        {
            await _coordinator.DisposeAsync();
            var parts = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
            Directory.GetFiles(_folder.Path, "*.part", parts).ShouldBeEmpty();
        }

        if (_bucket is not null)
        {
            await _front!.DisposeAsync();
            await _bucket.DisposeAsync();
        }

        _scratch.Dispose();
        _folder.Dispose();
    }

    private string? Variable(string name) => name switch
    {
        "AWS_ENDPOINT_URL" => _front!.Address.ToString(),
        "AWS_ACCESS_KEY_ID" => _bucket!.Caller.Key,
        "AWS_SECRET_ACCESS_KEY" => _bucket!.Caller.Secret,
        _ => null,
    };
}

using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Http;

/// <summary>The artifacts of a coordinator over its HTTP API, for a worker that does not share its state folder.</summary>
/// <remarks>
/// Content passes through a file of this machine: a callback writes it once, however often a connection is cut, and what is read can seek
/// and was compared with its hash before anybody sees a byte of it. What is cut goes on where it was; a coordinator that is out of reach is
/// waited for (<see cref="HttpStoreOptions.Patience"/>), then the call fails like one on a full disk. Thread-safe.
/// </remarks>
public sealed class HttpArtifactStore : IArtifactStore, IDisposable
{
    private const string Prefix = "/api/v1/artifacts";

    private readonly HttpStoreOptions _options;
    private readonly StoreClient _client;

    /// <summary>Reaches nobody yet.</summary>
    /// <param name="options">Where the store is, the token, and limits.</param>
    public HttpArtifactStore(HttpStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _client) = (options, new StoreClient(options, Prefix));
    }

    /// <summary>Asks once whether the coordinator is there and lets this process in.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>When it does.</returns>
    /// <exception cref="StorageTroubleException">It is out of reach, or does not take the token
    /// (<see cref="StorageTrouble.NotWritable"/>).</exception>
    public async Task ReachAsync(CancellationToken cancellation = default)
    {
        try
        {
            await _client.OnceAsync(HttpMethod.Get, "/info?path=" + ArtifactPaths.Root + "/none", cancellation);
        }
        catch (ArtifactException missing) when (missing.Code == ModelCodes.NoArtifact)
        {
            // It looked for it.
        }
        catch (BrokenTransferException cut)
        {
            throw new StorageTroubleException(
                StorageTrouble.Unreachable, $"The coordinator at {_options.Address()} cannot be reached: {cut.Message}", cut);
        }
    }

    /// <inheritdoc />
    public async ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation = default) =>
        await new Download(_client, _options, path, "?path=" + Escaped(path), () => SpoolFile.Create(_options.ScratchFolder))
            .FetchAsync(cancellation);

    /// <summary>Lists an artifact, or those that lie directly in a folder, with their hashes.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The files, which have safe names; null when there is neither.</returns>
    public async Task<ArtifactList?> ListAsync(string path, CancellationToken cancellation = default)
    {
        try
        {
            var list = StoreClient.Read<ArtifactList>(
                await _client.AskAsync(HttpMethod.Get, "/files?path=" + Escaped(path), cancellation));
            foreach (var file in list.Files)
            {
                // A coordinator that runs wild must not write elsewhere on this machine.
                ArtifactPath.Check(file.Path.Contains('/', StringComparison.Ordinal) ? "" : file.Path);
            }

            return list;
        }
        catch (ArtifactException missing) when (missing.Code == ModelCodes.NoArtifact)
        {
            return null;
        }
    }

    /// <summary>Fetches an artifact into a file, which has its name only for whoever fetches until this returns.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="sha256">The content that is meant.</param>
    /// <param name="target">Where it goes; what a file that is there holds counts as its beginning, if it is that.</param>
    /// <param name="progress">Told the bytes that came, and those that came in vain as a negative number; null for nobody.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when there is no such artifact any more.</returns>
    /// <exception cref="StorageTroubleException">Also when it has other content now, <see cref="StorageTrouble.Damaged"/>.</exception>
    public async Task<bool> FetchAsync(
        string path, string sha256, string target, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var download = new Download(
            _client,
            _options,
            path,
            "?path=" + Escaped(path),
            () => new FileStream(target, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read),
            progress)
        {
            Expected = sha256,
        };
        await using var content = await download.FetchAsync(cancellation);
        return content is not null;
    }

    /// <inheritdoc />
    public async ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation = default)
    {
        try
        {
            await _client.AskAsync(HttpMethod.Get, "/info?path=" + Escaped(path), cancellation);
            return true;
        }
        catch (ArtifactException missing) when (missing.Code == ModelCodes.NoArtifact)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async ValueTask DeleteAsync(string path, CancellationToken cancellation = default) =>
        await _client.AskAsync(HttpMethod.Delete, "?path=" + Escaped(path), cancellation);

    /// <inheritdoc />
    public async ValueTask RemoveAsync(SearchId search, CancellationToken cancellation = default) =>
        await _client.AskAsync(HttpMethod.Delete, $"/searches/{search}", cancellation);

    /// <inheritdoc />
    public ValueTask WriteAsync(
        string path,
        Action<Stream> write,
        ArtifactDurability durability = ArtifactDurability.PowerLoss,
        CancellationToken cancellation = default) => WriteAsync(path, write, durability, lease: null, cancellation);

    /// <inheritdoc />
    public async ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation = default)
    {
        await _client.AskAsync(HttpMethod.Post, "/leases", cancellation, () => StoreClient.Json(lease));
        return new LeasedWriter(this, lease);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private static string Escaped(string path) => Uri.EscapeDataString(ArtifactPath.Check(path));

    private async ValueTask WriteAsync(
        string path, Action<Stream> write, ArtifactDurability durability, LeaseKey? lease, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        cancellation.ThrowIfCancellationRequested();
        ArtifactPath.Check(path);
        await using var file = SpoolFile.Create(_options.ScratchFolder);
        UploadRequest request;
        await using (var content = new SpoolWriter(file, path, _options.MaximumBytes))
        {
            write(content);
            file.Flush();
            request = new(path, content.Written, content.Sha256, lease, durability == ArtifactDurability.PowerLoss);
        }

        await new Upload(_client, _options, file, request, "/uploads").SendAsync(cancellation);
    }

    private sealed class LeasedWriter(HttpArtifactStore store, LeaseKey lease) : IArtifactWriter
    {
        public ValueTask WriteAsync(
            string path, Action<Stream> write, ArtifactDurability durability, CancellationToken cancellation) =>
            store.WriteAsync(path, write, durability, lease, cancellation);
    }
}

using System.Globalization;
using SearchCluster.Artifacts.Data;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Http;

/// <summary>The data sets of a coordinator over its HTTP API: a worker fetches what it does not have, and who submits sends what the
/// coordinator does not have. Thread-safe.</summary>
public sealed class HttpDataStore : IDisposable
{
    private const string Prefix = "/api/v1";
    private const string Uploads = "/data-uploads";

    private readonly HttpStoreOptions _options;
    private readonly StoreClient _client;

    /// <summary>Reaches nobody yet.</summary>
    /// <param name="options">Where the coordinator is, the token, and limits.</param>
    public HttpDataStore(HttpStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _client) = (options, new StoreClient(options, Prefix));
    }

    /// <summary>Asks for a data set.</summary>
    /// <param name="name">As specs write it after <c>registered:</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The data set with its files; null where the coordinator has none of the name.</returns>
    /// <exception cref="ArtifactException">It cannot be handed out; SC3312: a path in the answer is not safe, or it
    /// contradicts itself.</exception>
    /// <exception cref="StorageTroubleException">The coordinator was out of reach for too long.</exception>
    public async Task<DataSetView?> FindAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            var view = StoreClient.Read<DataSetView>(
                await _client.AskAsync(HttpMethod.Get, "/datasets/" + Uri.EscapeDataString(name), cancellation));
            return Checked(view);
        }
        catch (ArtifactException missing) when (missing.Code == DataCodes.NotRegistered)
        {
            return null;
        }
    }

    /// <summary>Fetches a file of a data set into a file, which has its name only for whoever fetches until this returns.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="file">Which file.</param>
    /// <param name="target">Where it goes; what a file that is there holds counts as its beginning, if it is that.</param>
    /// <param name="progress">Told the bytes that came, and those that came in vain as a negative number; null for nobody.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArtifactException">SC3000, SC3018: the coordinator has it no more, or has other content.</exception>
    /// <exception cref="StorageTroubleException">This disk or the coordinator's takes nothing, the coordinator was out of reach for too
    /// long, or the content arrived damaged again and again.</exception>
    public async Task FetchAsync(
        DataSetView data, DataSetFile file, string target, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(file);
        var address = $"/datasets/{Uri.EscapeDataString(data.Name)}/files?sha256={file.Sha256}";
        var what = string.Create(CultureInfo.InvariantCulture, $"File '{file.Path}' ({file.Bytes} bytes) of data set '{data.Name}'");
        var download = new Download(
            _client,
            _options,
            what,
            address,
            () => new FileStream(target, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read),
            progress)
        {
            Expected = file.Sha256,
        };
        await using var content = await download.FetchAsync(cancellation)
            ?? throw new ArtifactException(DataCodes.CannotOpen, $"{what} is not at the coordinator any more.");
    }

    /// <summary>Offers a data set.</summary>
    /// <param name="offer">Its name and its list of files.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What is missing.</returns>
    public async Task<DataOfferView> OfferAsync(DataOffer offer, CancellationToken cancellation = default) =>
        StoreClient.Read<DataOfferView>(
            await _client.AskAsync(HttpMethod.Post, "/datasets", cancellation, () => StoreClient.Json(offer)));

    /// <summary>Sends a file.</summary>
    /// <param name="file">Its content, open for reading while it is sent.</param>
    /// <param name="sha256">Its hash.</param>
    /// <param name="progress">Told the bytes that have arrived; null for nobody.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArtifactException">SC4102: it is too large.</exception>
    /// <exception cref="StorageTroubleException">The coordinator's disk has no room, the coordinator was out of reach for too long, or
    /// the file is not what its hash says.</exception>
    public Task SendAsync(
        FileStream file, string sha256, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new Upload(_client, _options, file, new(sha256, file.Length, sha256), Uploads, progress).SendAsync(cancellation);
    }

    /// <summary>Sends bytes that are no file yet, such as a list of files.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="sha256">Their hash.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task SendAsync(ReadOnlyMemory<byte> content, string sha256, CancellationToken cancellation = default)
    {
        await using var file = SpoolFile.Create(_options.ScratchFolder);
        file.Write(content.Span);
        file.Flush();
        await SendAsync(file, sha256, progress: null, cancellation);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    // A coordinator that runs wild must not write elsewhere on this machine.
    private static DataSetView Checked(DataSetView data)
    {
        var manifest = new DataManifest(data.Files.Select(file => new DataFile(file.Path, file.Bytes, file.Sha256)).ToValueArray());
        var isList = data.IsFolder || (data.Files.Count == 1 && !data.Files[0].Path.Contains('/', StringComparison.Ordinal));
        return manifest.UnsafePath() is null
            && data.Files.Count > 0
            && isList
            && data.Files.All(file => file.Bytes >= 0 && IsHash(file.Sha256))
            && manifest.HashOf(data.IsFolder) == data.Sha256
            ? data
            : throw new ArtifactException(
                DataCodes.UnsafePath,
                $"What the coordinator says of data set '{ForeignText.OneLine(data.Name, 63)}' contradicts itself, or a path in it leads "
                    + "elsewhere; nothing was fetched. Register the data there again.");
    }

    private static bool IsHash(string text) => text.Length == DataIdentity.HashDigits && text.All(char.IsAsciiHexDigitLower);
}

using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Http;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Hosting.State;
using SearchCluster.Security.Identities;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>The artifacts of the coordinator: in the state folder where that is the coordinator's too, else over HTTP.</summary>
/// <remarks>
/// Each welcome says anew where they are: a coordinator that was started again may have another port. Until they were reached once the
/// worker takes no work, so nothing is ever written where nobody reads it. Thread-safe.
/// </remarks>
internal sealed class WorkerArtifacts : IArtifactStore, IDisposable
{
    private const string TransfersFolder = "transfers";

    private readonly Lock _gate = new();
    private readonly WorkerOptions _options;
    private readonly ILogger<WorkerArtifacts> _logger;
    private readonly FolderArtifactStore _folder;
    private readonly string _transfers;
    private HttpArtifactStore? _http;
    private HttpDataStore? _data;
    private ServerTrust? _trust;
    private IArtifactStore? _chosen;
    private Uri? _address;
    private string? _token;
    private Task? _reaching;
    private string? _told;

    /// <summary>Chooses nothing yet.</summary>
    /// <param name="options">The worker's own state folder, and where its token is.</param>
    /// <param name="worker">Its folder takes content on its way.</param>
    /// <param name="logger">Told the choice, and why no work is taken.</param>
    public WorkerArtifacts(WorkerOptions options, WorkerFolder worker, ILogger<WorkerArtifacts> logger)
    {
        (_options, _logger) = (options, logger);
        _folder = new(options.StateFolder.SharedRoot);
        _transfers = Path.Combine(worker.FolderPath, TransfersFolder);
    }

    /// <summary>The coordinator's HTTP API, as its last welcome told it; null before, and where the folder is shared.</summary>
    public Uri? Address => Volatile.Read(ref _address);

    /// <summary>True once the coordinator's artifacts were reached.</summary>
    public bool AreReachable => Volatile.Read(ref _chosen) is not null;

    /// <summary>The coordinator's data sets; null where its state folder is this worker's, or nothing was reached yet.</summary>
    public HttpDataStore? Data => Volatile.Read(ref _chosen) is HttpArtifactStore ? _data : null;

    /// <summary>The coordinator said where its artifacts are.</summary>
    /// <param name="place">Where; null from one that does not say.</param>
    /// <param name="exit">Ends the process when they are closed to it.</param>
    public void Heard(ArtifactPlace? place, WorkerExit exit)
    {
        lock (_gate)
        {
            if (place is null ? _options.Coordinator is null : IsOwnFolder(place.Run))
            {
                Volatile.Write(ref _chosen, _folder);
            }
            else if (place is null)
            {
                exit.RefuseToken(
                    $"The coordinator at {_options.Coordinator} does not say where checkpoints and models lie, so it is of another release "
                        + $"than this worker ({ProductVersion.Current}). Give both the same release.");
            }
            else
            {
                HeardOfAnother(new Uri(place.Url), exit);
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation = default) =>
        Chosen.OpenReadAsync(path, cancellation);

    /// <inheritdoc />
    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation = default) => Chosen.ExistsAsync(path, cancellation);

    /// <inheritdoc />
    public ValueTask DeleteAsync(string path, CancellationToken cancellation = default) => Chosen.DeleteAsync(path, cancellation);

    /// <inheritdoc />
    public ValueTask RemoveAsync(SearchId search, CancellationToken cancellation = default) => Chosen.RemoveAsync(search, cancellation);

    /// <inheritdoc />
    public ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation = default) =>
        Chosen.BeginAsync(lease, cancellation);

    /// <inheritdoc />
    public ValueTask WriteAsync(
        string path,
        Action<Stream> write,
        ArtifactDurability durability = ArtifactDurability.PowerLoss,
        CancellationToken cancellation = default) => Chosen.WriteAsync(path, write, durability, cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        _http?.Dispose();
        _data?.Dispose();
    }

    private IArtifactStore Chosen => Volatile.Read(ref _chosen) ?? throw NotChosen();

    private static InvalidOperationException NotChosen() => new("No coordinator has said yet where artifacts are.");

    private bool IsOwnFolder(string run)
    {
        try
        {
            return CoordinatorLock.IsHeldBy(_options.StateFolder, run);
        }
        catch (StateFolderException)
        {
            // No lock of a coordinator lies there.
            return false;
        }
    }

    private void HeardOfAnother(Uri address, WorkerExit exit)
    {
        Volatile.Write(ref _address, address);
        try
        {
            _trust ??= TrustFor(address);
            Volatile.Write(ref _token, _options.Token is { } find ? find() : AccessToken.TryLoad(_options.StateFolder)?.Value);
        }
        catch (Exception unusable) when (unusable is SearchClusterException or HostingException)
        {
            Refuse(exit, unusable.Message);
            return;
        }

        if (_http is not null && Volatile.Read(ref _chosen) == _http)
        {
            return;
        }

        // A certificate of this machine opens them as well.
        if (_token is null && !_trust.ShowsCertificate)
        {
            Refuse(exit, "there is none.");
        }
        else if (_reaching is not { IsCompleted: false })
        {
            _reaching = ReachAsync(_http ??= Open(_trust), address, exit);
        }
    }

    // The coordinator may come back elsewhere, and its certificate is compared with where it is called.
    private ServerTrust TrustFor(Uri address) => new(
        address.Scheme == Uri.UriSchemeHttps ? NodeIdentity.Find(_options.StateFolder.IdentityFolder, _options.Clock) : null,
        () => (Volatile.Read(ref _address) ?? address).DnsSafeHost);

    private HttpArtifactStore Open(ServerTrust trust)
    {
        var options = new HttpStoreOptions
        {
            Address = () => Volatile.Read(ref _address) ?? throw NotChosen(),
            Token = () => Volatile.Read(ref _token),
            Tls = trust.Options(),
            ScratchFolder = _transfers,
            Clock = _options.Clock,
        };
        _data = new(options);
        return new(options);
    }

    // A worker that was let in once goes on trying: its trials are worth more than an early end, and tokens come back.
    private void Refuse(WorkerExit exit, string why)
    {
        var text =
            $"The state folder {_options.StateFolder.Root} is not that of the coordinator at {_address}, so checkpoints and models go to "
            + $"it over HTTP, for which this worker needs the coordinator's token: {why} Give it with --token-file FILE, "
            + $"$SEARCHCLUSTER_TOKEN or $SEARCHCLUSTER_TOKEN_FILE (the coordinator keeps it in its state folder, file token); or "
            + "give that folder with --state.";
        if (AreReachable)
        {
            Tell(text);
        }
        else
        {
            exit.RefuseToken(text);
        }
    }

    private async Task ReachAsync(HttpArtifactStore store, Uri address, WorkerExit exit)
    {
        try
        {
            await store.ReachAsync();
            Log.ArtifactsOverHttp(_logger, address.ToString(), _options.StateFolder.Root);
            Volatile.Write(ref _chosen, store);
        }
        catch (StorageTroubleException closed) when (closed.Trouble == StorageTrouble.NotWritable)
        {
            Refuse(exit, closed.Message);
        }
        catch (Exception failure) when (failure is StorageTroubleException or ArtifactException)
        {
            // The next welcome tries again.
            Tell(failure.GetBaseException() is AuthenticationException && _trust?.Refusal is { } why
                ? $"{failure.Message} {why}"
                : failure.Message);
        }
    }

    private void Tell(string text)
    {
        if (Interlocked.Exchange(ref _told, text) != text)
        {
            Log.ArtifactsOutOfReach(_logger, text);
        }
    }
}

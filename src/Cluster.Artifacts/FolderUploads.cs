using System.Collections.Concurrent;
using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts;

/// <summary>Takes artifacts in parts that come over a network, for a store of this process.</summary>
/// <remarks>
/// A part that is cut off stays as far as it came, and the next one goes on there. What is whole is compared with the hash that was
/// announced before it gets its name. Uploads live in this process: whoever asks a new one for them begins anew. Thread-safe.
/// </remarks>
public sealed class FolderUploads : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, FolderUpload> _uploads = new(StringComparer.Ordinal);
    private readonly IServedStore _store;
    private readonly TimeProvider _clock;
    private readonly Func<long> _freeBytes;
    private readonly ITimer _timer;

    /// <summary>Takes uploads.</summary>
    /// <param name="store">Where they get their names; nobody else takes uploads for it.</param>
    /// <param name="clock">Tells which are silent.</param>
    /// <param name="freeBytes">Free space of its disk; null to ask the operating system.</param>
    public FolderUploads(IServedStore store, TimeProvider clock, Func<long>? freeBytes = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(clock);
        (_store, _clock) = (store, clock);
        _freeBytes = freeBytes ?? (() => new DriveInfo(store.UploadRoot).AvailableFreeSpace);
        _timer = clock.CreateTimer(_ => RemoveSilent(), null, LookInterval, LookInterval);
    }

    /// <summary>How many there are, finished ones that are still remembered included.</summary>
    public int Count => _uploads.Count;

    /// <summary>Begins an upload.</summary>
    /// <param name="request">What will come, and where it belongs.</param>
    /// <returns>The upload, of which nothing has come.</returns>
    /// <exception cref="ArtifactException">SC4100: the path is not safe. SC4101: the lease was superseded. SC4102: it is too
    /// large.</exception>
    /// <exception cref="StorageTroubleException">The disk has no room for it.</exception>
    public UploadView Begin(UploadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegative(request.Bytes);
        ArtifactPath.Check(request.Path);
        if (request.Bytes > ArtifactLimits.Bytes)
        {
            throw ArtifactLimits.TooLarge(request.Path, ArtifactLimits.Bytes);
        }

        var goal = _store.Expect(request);
        RequireRoom(request.Bytes);
        var upload = new FolderUpload(request, goal, _clock);
        _uploads[upload.Id] = upload;
        return upload.View;
    }

    /// <summary>Tells how far an upload got.</summary>
    /// <param name="upload">Its name.</param>
    /// <returns>Where it goes on.</returns>
    /// <exception cref="ArtifactException">SC4104: there is none of the name.</exception>
    public UploadView Find(string upload) => Get(upload).View;

    /// <summary>Takes a part. One that is still coming is ended by the next: its connection was cut.</summary>
    /// <param name="upload">The upload's name.</param>
    /// <param name="offset">Bytes before the part.</param>
    /// <param name="content">The part, to its end or to where it is cut off; what was read of it stays.</param>
    /// <param name="cancellation">Ends the part here.</param>
    /// <returns>How far the upload got.</returns>
    /// <exception cref="ArtifactException">SC4104: there is none of the name. SC4105: the offset is not where it goes on. SC4101: its lease
    /// was superseded. SC4102: more came than was announced; the upload is given up.</exception>
    public async Task<UploadView> AppendAsync(string upload, long offset, Stream content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var taken = Get(upload);
        try
        {
            return await taken.AppendAsync(offset, content, cancellation);
        }
        catch (ArtifactException refused) when (refused.Code is ModelCodes.Superseded or ModelCodes.ArtifactTooLarge)
        {
            Abandon(upload);
            throw;
        }
        catch (IOException failure) when (StorageTroubles.IsOfMachine(failure))
        {
            // Whoever sends it waits and begins anew; what is here would only keep a full disk full.
            Abandon(upload);
            throw;
        }
    }

    /// <summary>Gives the artifact its name, once all of it is here and is what was announced. May be said twice.</summary>
    /// <param name="upload">The upload's name.</param>
    /// <param name="cancellation">Gives up while another call for the upload still works.</param>
    /// <returns>When it has its name.</returns>
    /// <exception cref="ArtifactException">SC4104: there is none of the name. SC4105: something is missing. SC4106: it is other content; it
    /// is given up. SC4101: its lease was superseded.</exception>
    public async Task CompleteAsync(string upload, CancellationToken cancellation = default)
    {
        try
        {
            await Get(upload).CompleteAsync(cancellation);
        }
        catch (ArtifactException refused) when (refused.Code is ModelCodes.Superseded or ModelCodes.OtherContent)
        {
            Abandon(upload);
            throw;
        }
    }

    /// <summary>Gives an upload up; nothing happens when there is none.</summary>
    /// <param name="upload">Its name.</param>
    public void Abandon(string upload)
    {
        if (_uploads.TryRemove(upload, out var removed))
        {
            removed.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _timer.Dispose();
        foreach (var upload in _uploads.Keys)
        {
            Abandon(upload);
        }
    }

    private void RemoveSilent()
    {
        foreach (var (name, _) in _uploads.Where(
            upload => upload.Value.IsSuperseded || upload.Value.Silence >= ArtifactLimits.Silence))
        {
            Abandon(name);
        }
    }

    private FolderUpload Get(string upload) => _uploads.TryGetValue(upload, out var known)
        ? known
        : throw new ArtifactException(
            ModelCodes.NoUpload,
            $"There is no upload of this name: it is over, was silent for {Durations.Of(ArtifactLimits.Silence)}, or the coordinator was "
                + $"started anew. Begin it anew.");

    private void RequireRoom(long bytes)
    {
        var free = _freeBytes();
        if (free < bytes + ArtifactLimits.ReserveBytes)
        {
            throw new StorageTroubleException(
                StorageTrouble.DiskFull,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The disk of {_store.UploadRoot} has {free} bytes left, but {bytes} are to come and "
                        + $"{ArtifactLimits.ReserveBytes} stay free. Make room there."));
        }
    }
}

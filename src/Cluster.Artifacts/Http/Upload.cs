using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Http;

/// <summary>Sends one artifact, over however many connections it takes.</summary>
/// <param name="client">The way to the coordinator.</param>
/// <param name="options">Sizes and limits.</param>
/// <param name="file">The content.</param>
/// <param name="request">What it is.</param>
/// <param name="uploads">Address of the uploads below the client's prefix.</param>
/// <param name="progress">Told the bytes that have arrived; null for nobody.</param>
internal sealed class Upload(
    StoreClient client, HttpStoreOptions options, FileStream file, UploadRequest request, string uploads, Action<long>? progress = null)
{
    private const int MostOtherContent = 3;
    private const int SmallBytes = 1 << 16;
    private const double SlowestDiskBytesPerSecond = 20e6;

    private readonly TransferPatience _patience = new(options);
    private UploadView? _there;
    private int _otherContent;

    /// <summary>Sends it.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArtifactException">The coordinator refuses it; SC4101 where the lease was superseded.</exception>
    /// <exception cref="StorageTroubleException">The coordinator's disk takes nothing, or the coordinator was out of reach for too
    /// long.</exception>
    public async Task SendAsync(CancellationToken cancellation)
    {
        var mayHaveMoved = false;
        while (true)
        {
            try
            {
                if (mayHaveMoved && _there is { } before)
                {
                    Advance(await AskAsync(HttpMethod.Get, $"{uploads}/{before.Upload}", cancellation));
                    mayHaveMoved = false;
                }

                await GoOnAsync(cancellation);
                return;
            }
            catch (BrokenTransferException cut)
            {
                mayHaveMoved = true;
                await _patience.TryAgainAsync(cut, cancellation);
            }
            catch (ArtifactException elsewhere) when (elsewhere.Code == ModelCodes.UploadOffset)
            {
                mayHaveMoved = true;
                await _patience.TryAgainAsync(new(elsewhere.Message, elsewhere), cancellation);
            }
            catch (ArtifactException unknown) when (unknown.Code == ModelCodes.NoUpload)
            {
                _there = null;
                await _patience.TryAgainAsync(new(unknown.Message, unknown), cancellation);
            }
            catch (ArtifactException other) when (other.Code == ModelCodes.OtherContent)
            {
                _there = null;
                if (++_otherContent == MostOtherContent)
                {
                    throw new StorageTroubleException(StorageTrouble.Damaged, other.Message, other);
                }
            }
        }
    }

    private async Task GoOnAsync(CancellationToken cancellation)
    {
        _there ??= await AskAsync(HttpMethod.Post, uploads, cancellation, StoreClient.Json(request));
        while (_there.Received < request.Bytes)
        {
            var count = (int)Math.Min(options.PartBytes, request.Bytes - _there.Received);
            var part = new FilePartContent(file.SafeFileHandle, _there.Received, count);
            using var response = await client.SendAsync(
                HttpMethod.Put,
                string.Create(CultureInfo.InvariantCulture, $"{uploads}/{_there.Upload}?offset={_there.Received}"),
                cancellation,
                part,
                options.StallLimit,
                put => put.Headers.ExpectContinue = count > SmallBytes);
            Advance(StoreClient.Read<UploadView>(await client.ReadAsync(response, cancellation)));
        }

        // The disk may have all of it to write before it answers.
        var limit = options.StallLimit + TimeSpan.FromSeconds(request.Bytes / SlowestDiskBytesPerSecond);
        await client.OnceAsync(HttpMethod.Post, $"{uploads}/{_there.Upload}/complete", cancellation, answerLimit: limit);
    }

    private async Task<UploadView> AskAsync(HttpMethod method, string address, CancellationToken cancellation, HttpContent? body = null) =>
        StoreClient.Read<UploadView>(await client.OnceAsync(method, address, cancellation, body));

    private void Advance(UploadView now)
    {
        if (now.Received > _there!.Received)
        {
            _patience.Progress();
        }

        _there = now;
        progress?.Invoke(now.Received);
    }
}

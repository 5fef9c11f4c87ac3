using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Http;

/// <summary>Fetches one file, over however many connections it takes.</summary>
/// <param name="client">The way to the coordinator.</param>
/// <param name="options">Limits.</param>
/// <param name="what">Which one, for people.</param>
/// <param name="address">Its address below the client's prefix.</param>
/// <param name="create">Makes the file that it is kept in.</param>
/// <param name="progress">Told the bytes that came, and those that came in vain as a negative number; null for nobody.</param>
internal sealed class Download(
    StoreClient client, HttpStoreOptions options, string what, string address, Func<FileStream> create, Action<long>? progress = null)
{
    private const int BufferBytes = 1 << 17;
    private const int MostOtherContent = 3;

    // A coordinator that does not know the hash yet reads all of it first.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(10);

    /// <summary>The hash that the content is to have; null for that of its tag. With it, what the file holds already counts as the
    /// beginning of the content: what came before a process ended need not come again.</summary>
    public string? Expected { get; init; }

    private readonly TransferPatience _patience = new(options);
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private EntityTagHeaderValue? _tag;
    private long _received;
    private long _furthest;
    private int _otherContent;

    /// <summary>Fetches it.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The content, checked against its hash, at its beginning; null when there is no such artifact.</returns>
    public async Task<Stream?> FetchAsync(CancellationToken cancellation)
    {
        FileStream? file = null;
        try
        {
            if (Expected is not null)
            {
                file = create();
                await ContinueAsync(file, cancellation);
            }

            while (true)
            {
                try
                {
                    using var response = await AskAsync(cancellation);
                    file ??= create();
                    if (response.StatusCode != HttpStatusCode.PartialContent)
                    {
                        Restart(file, response.Headers.ETag);
                    }

                    await CopyAsync(response, file, cancellation);
                    if (IsAsAnnounced())
                    {
                        file.Position = 0;
                        return file;
                    }

                    Restart(file, null);
                    _furthest = 0;
                }
                catch (BrokenTransferException cut)
                {
                    await _patience.TryAgainAsync(cut, cancellation);
                }
                catch (ArtifactException replaced) when (replaced.Code == ProblemCodes.MalformedRequest && _tag is not null)
                {
                    // Another one has its name now, which begins anew.
                    Restart(file!, null);
                    _furthest = 0;
                }
            }
        }
        catch (ArtifactException missing) when (missing.Code == ModelCodes.NoArtifact)
        {
            await DisposeAsync(file);
            return null;
        }
        catch
        {
            await DisposeAsync(file);
            throw;
        }
    }

    private async Task ContinueAsync(FileStream file, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        while (await file.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            _hash.AppendData(buffer, 0, count);
            _received += count;
        }

        if (_received > 0)
        {
            (_tag, _furthest) = (new($"\"{Expected}\""), _received);
            progress?.Invoke(_received);
        }
    }

    private static ValueTask DisposeAsync(FileStream? file) => file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<HttpResponseMessage> AskAsync(CancellationToken cancellation) => client.SendAsync(
        HttpMethod.Get,
        address,
        cancellation,
        answerLimit: AnswerLimit,
        prepare: request =>
        {
            if (_tag is not null && _received > 0)
            {
                request.Headers.IfMatch.Add(_tag);
                request.Headers.Range = new RangeHeaderValue(_received, null);
            }
        });

    private async Task CopyAsync(HttpResponseMessage response, FileStream file, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentRange is { From: var from } && from != _received)
        {
            throw new BrokenTransferException($"The answer begins at {from}, but {_received} was asked for.");
        }

        using var alarm = new StallAlarm(options.Clock, options.StallLimit, cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            while (await ReadAsync(content, buffer.AsMemory(0, BufferBytes), alarm, cancellation) is > 0 and var count)
            {
                file.Write(buffer, 0, count);
                _hash.AppendData(buffer, 0, count);
                _received += count;
                progress?.Invoke(count);
                if (_received > _furthest)
                {
                    // What is sent again from the beginning brings nothing on.
                    _furthest = _received;
                    _patience.Progress();
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAsync(
        Stream content, Memory<byte> buffer, StallAlarm alarm, CancellationToken cancellation)
    {
        alarm.Moved();
        try
        {
            return await content.ReadAsync(buffer, alarm.Token);
        }
        catch (Exception cut) when (cut is IOException || StoreClient.IsOfTheWay(cut, cancellation))
        {
            throw new BrokenTransferException(cut.Message, cut);
        }
    }

    private bool IsAsAnnounced()
    {
        var found = Convert.ToHexStringLower(_hash.GetCurrentHash());
        if (_tag is null || _tag.Tag.Trim('"') == found)
        {
            return _tag is null ? throw new BrokenTransferException("The answer has no ETag, which is the content's SHA-256.")
                : Expected is null || Expected == found ? true
                : throw new StorageTroubleException(
                    StorageTrouble.Damaged, $"{what} arrived with the SHA-256 {found}, but {Expected} was asked for.");
        }

        return ++_otherContent < MostOtherContent
            ? false
            : throw new StorageTroubleException(
                StorageTrouble.Damaged,
                $"{what} arrived {MostOtherContent} times with another SHA-256 than the coordinator has for it ({found} for {_tag.Tag}).");
    }

    private void Restart(FileStream file, EntityTagHeaderValue? tag)
    {
        file.Position = 0;
        file.SetLength(0);
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        progress?.Invoke(-_received);
        (_tag, _received) = (tag, 0);
    }
}

using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Artifacts;

/// <summary>One upload: a file that grows by parts, and gets its name when it is whole.</summary>
internal sealed class FolderUpload : IDisposable
{
    private const int BufferBytes = 1 << 17;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly UploadRequest _request;
    private readonly IUploadGoal _goal;
    private readonly string _file;
    private readonly TimeProvider _clock;
    private readonly SafeFileHandle _handle;
    private CancellationTokenSource? _coming;
    private long _received;
    private long _lastSign;
    private bool _isNamed;
    private bool _isOver;

    /// <summary>Makes the file.</summary>
    /// <param name="request">What will come.</param>
    /// <param name="goal">Where it grows, and how it gets its name.</param>
    /// <param name="clock">Measures silence.</param>
    public FolderUpload(UploadRequest request, IUploadGoal goal, TimeProvider clock)
    {
        (_request, _goal, _clock) = (request, goal, clock);
        Id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        _file = Path.Combine(goal.Folder, Id + ".part");
        try
        {
            _handle = File.OpenHandle(_file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        }
        catch (DirectoryNotFoundException ended) when (goal.IsSuperseded)
        {
            throw FolderWriter.Superseded(request.Lease!.Value, ended);
        }

        _lastSign = clock.GetTimestamp();
    }

    /// <summary>Its name: nobody guesses it.</summary>
    public string Id { get; }

    /// <summary>How far it got.</summary>
    public UploadView View => new(Id, Volatile.Read(ref _received), _request.Bytes);

    /// <summary>Since when nothing came.</summary>
    public TimeSpan Silence => _clock.GetElapsedTime(Volatile.Read(ref _lastSign));

    /// <summary>True when a later attempt has begun: nothing can come of it.</summary>
    public bool IsSuperseded => _goal.IsSuperseded;

    /// <summary>Takes a part.</summary>
    public async Task<UploadView> AppendAsync(long offset, Stream content, CancellationToken cancellation)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TakeOver(own);
        try
        {
            await _turn.WaitAsync(cancellation);
            try
            {
                RequireOpen();
                if (offset != _received || _isNamed)
                {
                    throw Misplaced(string.Create(CultureInfo.InvariantCulture, $"the part begins at {offset}"));
                }

                await TakeAsync(content, own.Token);
                return View;
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            LetGo(own);
        }
    }

    /// <summary>Gives it its name.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_isNamed)
            {
                return;
            }

            RequireOpen();
            if (_received != _request.Bytes)
            {
                throw Misplaced("it was said to be whole");
            }

            var found = Convert.ToHexStringLower(_hash.GetCurrentHash());
            if (!found.Equals(_request.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new ArtifactException(
                    ModelCodes.OtherContent,
                    $"{_request.Path} arrived with the SHA-256 {found}, but {_request.Sha256} was announced; it got no name. "
                        + "Send it again.");
            }

            await GiveNameAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Removes what has no name.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _coming?.Cancel();
        }

        _handle.Dispose();
        try
        {
            File.Delete(_file);
        }
        catch (DirectoryNotFoundException)
        {
            // A later attempt removed it, with the folder of the lease.
        }
    }

    private async Task TakeAsync(Stream content, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await content.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellation) is > 0 and var count)
            {
                if (_received + count > _request.Bytes)
                {
                    throw ArtifactLimits.TooLarge(_request.Path, _request.Bytes);
                }

                RequireOpen();

                // What a full disk took of it is written again at the same place.
                RandomAccess.Write(_handle, buffer.AsSpan(0, count), _received);
                _hash.AppendData(buffer, 0, count);
                Volatile.Write(ref _received, _received + count);
                Volatile.Write(ref _lastSign, _clock.GetTimestamp());
            }
        }
        catch (ObjectDisposedException) when (_isOver)
        {
            RequireOpen();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task GiveNameAsync()
    {
        await _goal.GiveNameAsync(_file, _handle);
        _isNamed = true;
        _handle.Dispose();
        Volatile.Write(ref _lastSign, _clock.GetTimestamp());
    }

    private void RequireOpen()
    {
        if (IsSuperseded)
        {
            throw FolderWriter.Superseded(_request.Lease!.Value);
        }

        if (_isOver)
        {
            throw new ArtifactException(ModelCodes.NoUpload, $"The upload of {_request.Path} was given up. Begin it anew.");
        }
    }

    private ArtifactException Misplaced(string what) => new(
        ModelCodes.UploadOffset,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_request.Path} has {_received} of {_request.Bytes} bytes here, but {what}. Go on at {_received}."));

    // A connection that was cut may be read from for a long time: nothing tells that its other end is gone.
    private void TakeOver(CancellationTokenSource own)
    {
        lock (_lock)
        {
            _coming?.Cancel();
            _coming = own;
        }
    }

    private void LetGo(CancellationTokenSource own)
    {
        lock (_lock)
        {
            if (_coming == own)
            {
                _coming = null;
            }
        }
    }
}

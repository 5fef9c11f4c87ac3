using System.Text.Json;
using Microsoft.Extensions.Logging;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Outbox;

/// <summary>Keeps final results on disk until the coordinator has them, so that a killed worker process loses none. Thread-safe.</summary>
/// <remarks>
/// <para>Outcomes are appended and given to the operating system before they are sent; they are not forced to
/// the disk, because after a power loss the trial goes on from its checkpoint. A full disk costs only this safety: the outcome stays in
/// memory and is sent all the same.</para>
/// <para>Acknowledging touches memory only. The file is shortened by the next append, and on dispose; until then a restarted process
/// may send an acknowledged outcome again, which the coordinator recognises.</para>
/// </remarks>
public sealed class OutcomeOutbox : IDisposable
{
    private const long CompactionBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Dictionary<LeaseKey, byte[]> _live = [];
    private readonly HashSet<LeaseKey> _unwritten = [];
    private FileStream _file;

    private OutcomeOutbox(string path, ILogger logger)
    {
        _path = path;
        _logger = logger;
        StateFile.Require(path);
        _file = Open(path);
        Restored = ReadAll();
    }

    /// <summary>Outcomes that an earlier process of this worker left unacknowledged.</summary>
    public IReadOnlyList<StoredOutcome> Restored { get; }

    /// <summary>Opens the outbox of a worker.</summary>
    /// <param name="folder">The worker's own folder, which exists and is locked.</param>
    /// <param name="logger">Told of a file that cannot be written.</param>
    /// <exception cref="WorkerFolderException">The file is no outbox, or one of a newer version.</exception>
    /// <exception cref="StateFolderException">It is no regular file.</exception>
    public static OutcomeOutbox Open(string folder, ILogger logger) => new(Path.Combine(folder, "outbox.bin"), logger);

    /// <summary>Keeps an outcome until it is acknowledged.</summary>
    public void Append(StoredOutcome stored)
    {
        var lease = stored.Outcome.Lease;
        var bytes = OutboxFrames.Encode(stored);
        lock (_gate)
        {
            _live[lease] = bytes;
            _unwritten.Add(lease);
            try
            {
                Shorten();
                Write();
            }
            catch (IOException failure)
            {
                Log.OutboxNotWritten(_logger, failure, lease, _path);
            }
        }
    }

    /// <summary>Forgets an outcome that the coordinator has, or does not want.</summary>
    public void Acknowledge(LeaseKey lease)
    {
        lock (_gate)
        {
            _live.Remove(lease);
            _unwritten.Remove(lease);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                Rewrite();
            }
            catch (IOException failure)
            {
                Log.OutboxNotShortened(_logger, failure, _path);
            }

            _file.Dispose();
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    private IReadOnlyList<StoredOutcome> ReadAll()
    {
        var content = new byte[_file.Length];
        _file.ReadExactly(content);
        var magic = content.AsSpan(0, Math.Min(content.Length, OutboxFrames.Magic.Length));
        if (!OutboxFrames.Magic.StartsWith(magic))
        {
            throw Foreign();
        }

        if (magic.Length < OutboxFrames.Magic.Length)
        {
            Truncate();
            return [];
        }

        var outcomes = Decode(content.AsSpan(OutboxFrames.Magic.Length), out var intactBytes);
        SetEnd(OutboxFrames.Magic.Length + intactBytes);
        foreach (var outcome in outcomes)
        {
            _live[outcome.Outcome.Lease] = OutboxFrames.Encode(outcome);
        }

        return [.. outcomes.DistinctBy(outcome => outcome.Outcome.Lease)];
    }

    private IReadOnlyList<StoredOutcome> Decode(ReadOnlySpan<byte> frames, out int intactBytes)
    {
        try
        {
            return OutboxFrames.Decode(frames, out intactBytes);
        }
        catch (JsonException unknown)
        {
            throw Foreign(unknown);
        }
    }

    private WorkerFolderException Foreign(Exception? cause = null)
    {
        _file.Dispose();
        return new(
            $"{_path} is not an outbox of this version; move it away, or start the version that wrote it to deliver its results.",
            cause);
    }

    private void Shorten()
    {
        var liveBytes = _live.Where(entry => !_unwritten.Contains(entry.Key)).Sum(entry => (long)entry.Value.Length);
        var deadBytes = _file.Length - OutboxFrames.Magic.Length - liveBytes;
        if (liveBytes == 0 && deadBytes > 0)
        {
            Truncate();
        }
        else if (deadBytes > Math.Max(CompactionBytes, liveBytes))
        {
            Rewrite();
        }
    }

    private void Write()
    {
        var before = _file.Position;
        try
        {
            foreach (var lease in _unwritten)
            {
                _file.Write(_live[lease]);
            }

            _unwritten.Clear();
        }
        catch (IOException)
        {
            SetEnd(before);
            throw;
        }
    }

    private void Truncate()
    {
        SetEnd(0);
        _file.Write(OutboxFrames.Magic);
    }

    // Renamed into place, so that a kill in between leaves the old file or the new one.
    private void Rewrite()
    {
        WholeFile.Write(
            _path,
            file =>
            {
                file.Write(OutboxFrames.Magic);
                foreach (var bytes in _live.Values)
                {
                    file.Write(bytes);
                }

                // Windows replaces no file that is open.
                _file.Dispose();
            },
            survivesPowerLoss: false);
        _file = Open(_path);
        _file.Seek(0, SeekOrigin.End);
        _unwritten.Clear();
    }

    private void SetEnd(long length)
    {
        _file.SetLength(length);
        _file.Seek(length, SeekOrigin.Begin);
    }
}

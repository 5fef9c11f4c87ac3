using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Outbox;

/// <summary>Whether a worker takes no more work, kept as a file of its folder: a process that is started again, and a coordinator that is,
/// find it as it was.</summary>
/// <remarks>The worker keeps it and not the coordinator, since it is the worker that asks for work. Thread-safe.</remarks>
public sealed class DrainMark
{
    private readonly Lock _gate = new();
    private readonly string? _path;
    private readonly TimeProvider _clock;
    private readonly ILogger? _logger;
    private WorkerDrain? _now;

    private DrainMark(string? path, TimeProvider clock, ILogger? logger, WorkerDrain? now) =>
        (_path, _clock, _logger, _now) = (path, clock, logger, now);

    /// <summary>That it takes no more work; null when it does.</summary>
    public WorkerDrain? Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>One that is gone with the process.</summary>
    /// <param name="clock">Tells when it was set.</param>
    /// <returns>A worker that takes work.</returns>
    public static DrainMark InMemory(TimeProvider clock) => new(null, clock, null, null);

    /// <summary>Reads that of a worker's folder.</summary>
    /// <param name="folder">The folder; it is there.</param>
    /// <param name="clock">Tells when it is set.</param>
    /// <param name="logger">Told what cannot be written.</param>
    /// <returns>What an earlier process was told last. A file that does not say since when counts from its own time.</returns>
    /// <exception cref="WorkerFolderException">The file is there and cannot be read, so that nobody knows.</exception>
    public static DrainMark Open(string folder, TimeProvider clock, ILogger logger)
    {
        var path = PathIn(folder);
        StateFile.Require(path);
        try
        {
            var now = File.Exists(path) ? new WorkerDrain(Since(path)) : null;
            return new(path, clock, logger, now);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new WorkerFolderException(
                $"Whether this worker takes work cannot be read from {path}: {unreadable.Message} Make the file readable, or remove it.",
                unreadable);
        }
    }

    /// <summary>Forgets what a worker was told that does not run.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="worker">Whose folder it is in; without one nothing happens.</param>
    public static void Remove(StateFolder state, WorkerId worker)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Directory.Exists(state.WorkerFolder(worker)))
        {
            File.Delete(PathIn(state.WorkerFolder(worker)));
        }
    }

    /// <summary>Takes no more work from now on.</summary>
    /// <param name="givesBack">Whether what runs is given back.</param>
    public void Set(bool givesBack)
    {
        lock (_gate)
        {
            var since = _now?.Since ?? _clock.GetUtcNow();
            var trouble = Try(path => WholeFile.Write(
                path, Encoding.ASCII.GetBytes(since.ToString("O", CultureInfo.InvariantCulture)), survivesPowerLoss: true));
            _now = new(since, givesBack || _now is { GivesBack: true }, trouble);
        }
    }

    /// <summary>Takes work again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _now = Try(File.Delete) is { } trouble && _now is not null ? _now with { Trouble = trouble } : null;
        }
    }

    private string? Try(Action<string> change)
    {
        if (_path is null)
        {
            return null;
        }

        try
        {
            change(_path);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (_logger is not null)
            {
                Log.DrainNotKept(_logger, _path, refused.Message);
            }

            return $"{_path} cannot be written: {refused.Message}";
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, "drained");

    private static DateTimeOffset Since(string path) =>
        DateTimeOffset.TryParseExact(
            File.ReadAllText(path).Trim(), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since)
            ? since
            : File.GetLastWriteTimeUtc(path);
}

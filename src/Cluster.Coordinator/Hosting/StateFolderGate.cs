using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Standby;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.State.Notes;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>One start of a coordinator.</summary>
/// <param name="Number">Random; lies beside the lock of the state folder.</param>
internal sealed record CoordinatorRun(string Number);

/// <summary>Takes the state folder's lock, opens the journal and takes its lease before anything else starts, and lets go after
/// everything has stopped.</summary>
internal sealed partial class StateFolderGate(
    CoordinatorOptions options,
    Lazy<AccessToken> token,
    Lazy<ClusterKey> key,
    CoordinatorRun run,
    LeaseDesk lease,
    ILogger<StateFolderGate> log)
    : IHostedService, IDisposable
{
    private CoordinatorLock? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = CoordinatorLock.Acquire(options.StateFolder, run.Number);
        SharedNote.Write(options.StateFolder);
        if (options.StateFolder.Tighten() is { } before)
        {
            LogTightened(log, options.StateFolder.Root, before);
        }

        await VerifyJournalAsync(cancellationToken);
        JournalNote.Set(options.StateFolder, (options.Journal as PostgresJournal)?.Place);
        await lease.AcquireAsync(cancellationToken);

        // Only who is active may make them: one that stands by has them from the shared folder.
        _ = token.Value;
        _ = options.NeedsKey ? key.Value : null;
        if (AccessToken.IsOpenToOthers(options.StateFolder))
        {
            LogReadable(log, options.StateFolder.TokenFile);
        }

        if (ClusterKey.IsOpenToOthers(options.StateFolder))
        {
            LogReadable(log, options.StateFolder.KeyFile);
        }
    }

    // A backup or an inspection that holds the lock for a minute ends nothing; each look waits some seconds by itself.
    private async Task VerifyJournalAsync(CancellationToken cancellationToken)
    {
        var since = options.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                await JournalProbe.VerifyAsync(options.Journal, cancellationToken);
                return;
            }
            catch (JournalUnavailableException locked) when (locked.Trouble == StorageTrouble.Locked
                && options.Clock.GetElapsedTime(since) < options.StartupTimeout)
            {
                LogLocked(log, locked.Message);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await lease.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "Other users of this machine can read or change the secret {Path}; take their right away with chmod 600")]
    private static partial void LogReadable(ILogger logger, string path);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The journal is waited for: {Reason}")]
    private static partial void LogLocked(ILogger logger, string reason);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "Other users of this machine could look into the state folder {Path} (mode {Mode}); now only its owner can")]
    private static partial void LogTightened(ILogger logger, string path, string mode);
}

using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Takes the state folder's lock and opens the journal before anything else starts, and lets go after everything has stopped.</summary>
internal sealed partial class StateFolderGate(CoordinatorOptions options, Lazy<AccessToken> token, ILogger<StateFolderGate> log) : IHostedService, IDisposable
{
    private CoordinatorLock? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = CoordinatorLock.Acquire(options.StateFolder);
        _ = token.Value;
        if (AccessToken.IsReadableByOthers(options.StateFolder))
        {
            LogReadable(log, options.StateFolder.TokenFile);
        }

        await JournalProbe.VerifyAsync(options.Journal, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Other users of this machine can read the token file {Path}; take their right away with chmod 600")]
    private static partial void LogReadable(ILogger logger, string path);
}

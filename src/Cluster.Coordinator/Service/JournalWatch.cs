using System.Data.Common;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Coordinator.Service;

/// <summary>While the journal cannot be written or read: finds out when it can be again, so that no search has to try, and says on the
/// console once what is wrong, what changed, and that it is over.</summary>
internal sealed partial class JournalWatch(CoordinatorOptions options, JournalHealth health, ILogger<JournalWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private JournalTrouble? _told;

    /// <summary>Looks once.</summary>
    /// <param name="write">Writes something to the journal, or throws why not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When looked.</returns>
    internal async Task LookAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        Tell();
        if (health.Now is not null)
        {
            try
            {
                await write(cancellationToken);
                health.Written();

                // Who writes a table has read which ones there are; nobody else may have a reason to read for long.
                health.Read();
            }
            catch (Exception failure) when (failure is DbException or IOException or UnauthorizedAccessException or HostingException)
            {
                health.NotWritten(failure);
            }

            Tell();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Looked at before anything can go wrong: the file that is there now is the journal.
        var write = JournalProbe.Writes(options.Journal);
        health.Watch();
        try
        {
            using var timer = new PeriodicTimer(Interval, options.Clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(write, stoppingToken);
            }
        }
        finally
        {
            health.Unwatch();
        }
    }

    private void Tell()
    {
        switch (health.Now, _told)
        {
            case ({ } begun, null):
                LogBegun(log, begun.Sentence);
                break;
            case ({ } changed, { } before) when changed.Sentence != before.Sentence:
                LogChanged(log, changed.Sentence);
                break;
            case (null, { } over):
                LogOver(log, (long)(options.Clock.GetUtcNow() - over.Since).TotalSeconds);
                break;
        }

        _told = health.Now;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "All searches wait. {Trouble}")]
    private static partial void LogBegun(ILogger logger, string trouble);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "All searches wait still. {Trouble}")]
    private static partial void LogChanged(ILogger logger, string trouble);

    [LoggerMessage(
        EventId = 3, Level = LogLevel.Information, Message = "The journal takes writes again; the searches go on after {Seconds} s")]
    private static partial void LogOver(ILogger logger, long seconds);
}

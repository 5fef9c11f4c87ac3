using SearchCluster.Coordinator.Options;

namespace SearchCluster.Coordinator.Standby;

/// <summary>Lets nobody in before the tables of the journal are fenced: the actor system makes them when it starts for the first
/// time.</summary>
internal sealed class JournalFence(LeaseDesk lease, CoordinatorOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StartupTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await lease.FenceAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new JournalHeldException(
                $"The journal in PostgreSQL had no tables within {Durations.Of(options.StartupTimeout)}. Look at the log in "
                    + $"{options.StateFolder.LogsFolder}, then start again.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

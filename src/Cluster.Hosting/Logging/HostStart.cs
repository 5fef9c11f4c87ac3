using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SearchCluster.Hosting.Logging;

/// <summary>Starts a process whose start may be ended.</summary>
public static partial class HostStart
{
    /// <summary>Starts a host with the log of <see cref="LoggingExtensions.AddSearchLogging"/>; what does not start is stopped.</summary>
    /// <param name="host">Built, and not started.</param>
    /// <param name="ready">Completes when it can be used; asked after its services have started. Null where that is all.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="OperationCanceledException">The end was asked for, by the token or by the host's own lifetime; the log says so in
    /// one line, and of no faults.</exception>
    public static async Task StartInOrderAsync(this IHost host, Func<Task>? ready, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        var watch = host.Services.GetRequiredService<StartWatch>();
        watch.Begin(cancellation, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await host.StartAsync(cancellation);
            await (ready?.Invoke() ?? Task.CompletedTask).WaitAsync(cancellation);
            watch.End();
        }
        catch (Exception cause)
        {
            if (cause is OperationCanceledException && watch.IsEnded)
            {
                LogEnded(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HostStart)));
            }

            await GiveUpAsync(host, cause);
            throw;
        }
    }

    // What did not start stops with errors of its own. They would hide why it did not start, so they go along with that.
    private static async Task GiveUpAsync(IHost host, Exception cause)
    {
        try
        {
            await host.StopAsync(CancellationToken.None);
        }
        catch (Exception second)
        {
            cause.Data[nameof(GiveUpAsync)] = second.ToString();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Stopped while it started")]
    private static partial void LogEnded(ILogger logger);
}

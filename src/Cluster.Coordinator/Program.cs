using Microsoft.Extensions.Hosting.Systemd;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Standby;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator;

/// <summary>The coordinator as a process of its own, for containers and services; the tool hosts the same application.</summary>
internal static class Program
{
    private const int Ok = 0;
    private const int Unexpected = 1;
    private const int WrongUsage = 2;

    // As the tool's.
    private const int Superseded = 13;

    private static async Task<int> Main(string[] arguments)
    {
        using var fileSize = FileSizeSignal.Take();
        if (!CoordinatorArguments.TryParse(arguments, Environment.GetEnvironmentVariable, out var options, out var problem))
        {
            await Console.Error.WriteLineAsync(problem);
            return WrongUsage;
        }

        try
        {
            await using var app = CoordinatorApplication.Build(options);
            _ = TellStandbyAsync(app.WhenStandingBy());
            var readiness = app.Services.GetRequiredService<CoordinatorReadiness>();
            await app.StartInOrderAsync(() => readiness.WhenReady, CancellationToken.None);
            var ready = await readiness.WhenReady;
            await Console.Out.WriteLineAsync(
                $"Ready on {ready.Url}, for workers on {ready.ClusterAddress}, with {Counted.Of(ready.Searches, "search")}.");
            new SystemdNotifier().Notify(ServiceState.Ready);
            await app.WaitForEndAsync();
            return Ok;
        }
        catch (OperationCanceledException)
        {
            // Stopped while it started.
            return Ok;
        }
        catch (CoordinatorSupersededException superseded)
        {
            await Console.Error.WriteLineAsync(superseded.Message);
            return Superseded;
        }
        catch (HostingException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Unexpected;
        }
    }

    // For a service it is ready: it does what it has to.
    private static async Task TellStandbyAsync(Task<StandingBy> standsBy)
    {
        await Console.Out.WriteLineAsync($"Standing by for the coordinator at {(await standsBy).Url}.");
        new SystemdNotifier().Notify(ServiceState.Ready);
    }
}

using System.Globalization;
using Akka.Actor;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Service;
using SearchCluster.Coordinator.Standby;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Waits until all searches are recovered, then says where the coordinator listens; gives up, and ends
/// the process, after the start-up timeout.</summary>
internal sealed partial class CoordinatorStartup(
    IServiceProvider services,
    CoordinatorOptions options,
    CoordinatorReadiness readiness,
    LeaseDesk lease,
    IHostApplicationLifetime lifetime,
    JournalHealth health,
    ILogger<CoordinatorStartup> log)
    : BackgroundService
{
    private const long LargeHeap = 96_000_000;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        readiness.Fail(new CoordinatorStartException("The coordinator was stopped before it was ready."));
        if (readiness.WhenReady.IsCompletedSuccessfully)
        {
            CoordinatorEndpoint.Delete(options.StateFolder);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            var since = options.Clock.GetTimestamp();

            // The actor system exists only now: asking for it earlier would start it before the state folder is locked.
            var manager = services.GetRequiredService<ManagerClient>();
            var recovered = await manager.AskAsync<SearchManagerProtocol.ManagerReady>(
                new SearchManagerProtocol.GetReadiness(), options.StartupTimeout, stoppingToken);
            await lease.FenceAsync(stoppingToken);
            lease.ListensOn(ClusterAddress());
            SearchClusterMetrics.RecoveryDuration.Record(options.Clock.GetElapsedTime(since).TotalSeconds);
            CompactAfterRecovery();
            var ready = new ReadyCoordinator(HttpUrl(), ClusterAddress(), recovered.Searches);
            new CoordinatorEndpoint(
                ready.Url, ready.ClusterAddress, Environment.ProcessId, ProductVersion.Current, options.Clock.GetUtcNow()).Write(
                options.StateFolder);
            LogReady(log, ready.Url, ready.ClusterAddress ?? "none", Counted.Of(ready.Searches, "search"));
            readiness.Complete(ready);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Who ends a process while it starts ends it in order; the host would write the cancellation down as a fault of a service.
        }
        catch (SearchServiceException late)
        {
            var failure = new CoordinatorStartException(
                $"The searches were not recovered within "
                    + $"{Durations.Of(options.StartupTimeout)}.{(health.Trouble is { } trouble ? " " + trouble : "")} Look at the log in "
                    + $"{options.StateFolder.LogsFolder}, then start again.", late);
            GiveUp(failure);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            GiveUp(new StateFolderException(
                $"Where the coordinator listens cannot be written to {options.StateFolder.EndpointFile}: {refused.Message} Make room or "
                    + $"make it writable, then start again.",
                refused));
        }
    }

    // What recovery read is garbage now, and in a long search as much as what stays. Nobody waits for this process yet.
    private static void CompactAfterRecovery()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > LargeHeap)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private void GiveUp(Exception failure)
    {
        LogNotReady(log, failure);
        readiness.Fail(failure);
        lifetime.StopApplication();
    }

    // By the name that was given, since a certificate may name no number.
    private string HttpUrl()
    {
        var listening = new Uri(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return string.Create(
            CultureInfo.InvariantCulture, $"{listening.Scheme}://{NodeAddress.Canonical(options.HttpHost)}:{listening.Port}");
    }

    private string? ClusterAddress()
    {
        if (options.Mode == ActorMode.Local)
        {
            return null;
        }

        var address = Akka.Cluster.Cluster.Get(services.GetRequiredService<ActorSystem>()).SelfAddress;
        return $"{address.Host}:{address.Port}";
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "Ready on {Url}, for workers on {ClusterAddress}, with {Searches}")]
    private static partial void LogReady(ILogger logger, string url, string clusterAddress, string searches);

    [LoggerMessage(EventId = 2, Level = LogLevel.Critical, Message = "The coordinator does not become ready")]
    private static partial void LogNotReady(ILogger logger, Exception failure);
}

using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Devices;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>A worker inside the coordinator's process: the same host, the same actor system, no ports.</summary>
public static class LocalWorkerExtensions
{
    /// <summary>Adds the worker's services; its actors come by the other overload.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">The worker.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="Contracts.SearchClusterException">The worker cannot start here; the message tells why and what to do.</exception>
    public static IHostApplicationBuilder AddLocalWorker(this IHostApplicationBuilder builder, WorkerOptions options)
    {
        builder.Services.AddWorker(
            options, provider => provider.GetService<IServedStore>() ?? new FolderArtifactStore(options.StateFolder.SharedRoot));
        return builder;
    }

    /// <summary>Adds the worker's actors; called after the search manager is in the registry.</summary>
    /// <param name="builder">The actor system to be.</param>
    /// <param name="services">The host's services, with those of the other overload.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddLocalWorker(this AkkaConfigurationBuilder builder, IServiceProvider services)
    {
        var host = services.GetRequiredService<AttemptHost>();
        var connection = new Connection(services.GetRequiredService<WorkerExit>());
        Log.WorkerStarts(
            services.GetRequiredService<ILogger<AttemptHost>>(),
            host.Worker.WorkerId,
            Counted.Of(host.Worker.Slots, "slot"),
            services.GetRequiredService<WorkerDevice>().Note);
        return builder.AddWorkerAgent(host, connection, services.GetRequiredService<WorkerOptions>(), shouldLeave: () => true);
    }

    private sealed class Connection(WorkerExit exit) : IWorkerConnection
    {
        public bool MayWork => true;

        public void Welcomed(WorkerProtocol.WorkerWelcome welcome)
        {
            // There is nothing that could be built anew: the manager lives in the same actor system.
        }

        public void Refused(string reason) => exit.Refuse(reason);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Data;
using SearchCluster.GpuWorker.Devices;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>A worker as a process of its own.</summary>
public static class WorkerApplication
{
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(29);

    /// <summary>Builds the host: the attempts, and the connection that is built anew whenever it is lost.</summary>
    /// <param name="options">The worker.</param>
    /// <param name="extend">Adds to the host; null for nothing.</param>
    /// <returns>The host; when it has stopped, <see cref="WorkerExit.Refusal"/> tells whether the coordinator refused the worker.</returns>
    /// <exception cref="Contracts.SearchClusterException">The worker cannot start here; the message tells why and what to do.</exception>
    public static IHost Build(WorkerOptions options, Action<HostApplicationBuilder>? extend = null)
    {
        SearchCluster.Hosting.State.FileHandles.RequireEnough();

        // Without the defaults: no settings file of the current directory and no second console log.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddSingleton<WorkerArtifacts>();
        builder.Services.AddSingleton(services => new DataCache(
            Path.Combine(options.StateFolder.Root, DataCache.FolderName),
            options.DataCacheBytes,
            () => services.GetRequiredService<WorkerArtifacts>().Data,
            options.Clock,
            services.GetRequiredService<ILogger<DataCache>>()));
        var worker = builder.Services.AddWorker(
            options,
            services => services.GetRequiredService<WorkerArtifacts>(),
            services => services.GetRequiredService<DataCache>());
        var service = $"worker-{worker.WorkerId.Value.Replace(':', '-')}";
        builder.AddSearchLogging(new LoggingOptions
        {
            ServiceName = service,
            StateFolder = options.StateFolder,
            Console = options.Console,
            Verbose = options.Verbose,
        });
        builder.AddSearchTelemetry(new TelemetryOptions(service, options.StateFolder));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        builder.Services.AddSystemd();
        builder.Services.AddHostedService<ClusterConnection>();
        builder.Services.AddHostedService(services => new CertificateRenewal(
            options.StateFolder,
            () => services.GetRequiredService<WorkerArtifacts>().Address,
            options.Clock,
            services.GetRequiredService<ILogger<CertificateRenewal>>()));
        extend?.Invoke(builder);
        var app = builder.Build();
        Announce(app.Services);
        return app;
    }

    private static void Announce(IServiceProvider services)
    {
        var host = services.GetRequiredService<AttemptHost>();
        var logger = services.GetRequiredService<ILogger<AttemptHost>>();
        Log.WorkerStarts(
            logger,
            host.Worker.WorkerId,
            Counted.Of(host.Worker.Slots, "slot"),
            services.GetRequiredService<WorkerDevice>().Note);
    }
}

using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Workloads;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Options;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.InProcess;

/// <summary>Runs a coordinator, with or without a worker, in this process, or with several in processes of their own. Only here does the
/// tool load Akka, ASP.NET Core and libtorch.</summary>
internal sealed class InProcessHosting(Func<string, string?> variable, TimeProvider clock) : ICoordinatorHosting
{
    private const string ServiceName = "run";
    private const string OfflineName = "offline";
    private const string ArtifactsVariable = "SEARCHCLUSTER_ARTIFACTS";

    public Task<ISearchConnection> StartAsync(
        StateFolder state, HostRequest request, UserWorkloads workloads, CancellationToken cancellation)
    {
        if (request.HasProcesses)
        {
            return LaunchedConnection.StartAsync(LaunchOf(state, request, workloads), variable, clock, cancellation);
        }

        var worker = new WorkerOptions
        {
            StateFolder = state,
            Slots = request.Slots,
            Device = request.Device,
            Clock = clock,
            Workloads = workloads.Catalog,
        };
        var extension = new CoordinatorExtension(
            host => HostedLifetime.Use(host).AddLocalWorker(worker),
            (actors, services) => actors.AddLocalWorker(services));
        return HostedConnection.StartAsync(
            Options(state, ServiceName, request.Port, workloads) with { AwaitsResume = true },
            extension,
            ConnectionKind.Hosted,
            cancellation);
    }

    public Task<ISearchConnection> OpenOfflineAsync(StateFolder state, UserWorkloads workloads, CancellationToken cancellation) =>
        HostedConnection.StartAsync(
            Options(state, OfflineName, port: 0, workloads) with { HasWorkers = false },
            new CoordinatorExtension(host => HostedLifetime.Use(host)),
            ConnectionKind.Offline,
            cancellation);

    // Only the search that was asked for goes on.
    private static LaunchRequest LaunchOf(StateFolder state, HostRequest request, UserWorkloads workloads) => new()
    {
        State = state,
        Workloads = workloads.Assemblies,
        Gpus = request.Gpus ?? GpuChoice.None,
        CpuWorkers = request.Workers,
        Slots = request.Slots,
        Labels = ValueMap<string>.Empty,
        Node = NodeName.Of(Environment.MachineName),
        Port = request.Port,
        AwaitsResume = true,
    };

    private CoordinatorOptions Options(StateFolder state, string serviceName, int? port, UserWorkloads workloads) => new()
    {
        StateFolder = state,
        HttpPort = port,
        ServiceName = serviceName,
        Clock = clock,
        Vocabulary = workloads.Vocabulary,
        Artifacts = variable(ArtifactsVariable) is { Length: > 0 } place ? place : null,
        Variable = variable,
        Persistence = JournalChoice.Of(variable),
        Logging = new LoggingOptions { ServiceName = serviceName, StateFolder = state, Console = ConsoleLog.Notices },
    };
}

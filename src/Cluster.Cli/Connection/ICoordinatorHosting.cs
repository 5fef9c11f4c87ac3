using SearchCluster.Cli.Workloads;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Connection;

/// <summary>Runs a coordinator inside this process.</summary>
internal interface ICoordinatorHosting
{
    /// <summary>With a worker, and with its HTTP API on loopback so that other terminals can follow.</summary>
    Task<ISearchConnection> StartAsync(StateFolder state, HostRequest request, UserWorkloads workloads, CancellationToken cancellation);

    /// <summary>Without workers, for the length of one command: nothing trains.</summary>
    Task<ISearchConnection> OpenOfflineAsync(StateFolder state, UserWorkloads workloads, CancellationToken cancellation);
}

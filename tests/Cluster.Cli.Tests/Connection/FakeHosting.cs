using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Workloads;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Tests.Connection;

/// <summary>Hosts nothing, and notes what it was asked for.</summary>
internal sealed class FakeHosting : ICoordinatorHosting
{
    public StateFolder? Opened { get; private set; }

    public Task<ISearchConnection> StartAsync(
        StateFolder state, HostRequest request, UserWorkloads workloads, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<ISearchConnection> OpenOfflineAsync(StateFolder state, UserWorkloads workloads, CancellationToken cancellation)
    {
        Opened = state;
        throw new NotSupportedException();
    }
}

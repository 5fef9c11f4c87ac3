using Akka.Actor.Setup;
using SearchCluster.Hosting.Cluster.Connections.Workers;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>What <see cref="GuardedTcpTransport"/> is told; Akka makes the transport itself, from a class name,
/// so this comes with the actor system.</summary>
internal sealed class GuardedTcpSetup(ClusterEndpointOptions options) : Setup
{
    /// <summary>Where to listen.</summary>
    public ClusterEndpointOptions Options { get; } = options;

    /// <summary>The workers that are connected.</summary>
    public WorkerConnections Workers { get; } = new();
}

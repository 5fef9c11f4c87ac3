using Akka.Actor.Setup;

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

/// <summary>What <see cref="WorkerTransport"/> is told.</summary>
internal sealed class WorkerLinkSetup(WorkerLinkOptions options) : Setup
{
    /// <summary>Whom to call.</summary>
    public WorkerLinkOptions Options { get; } = options;
}

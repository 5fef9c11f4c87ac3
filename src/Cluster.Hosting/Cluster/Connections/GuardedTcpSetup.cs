using Akka.Actor.Setup;
using SearchCluster.Hosting.Cluster.Connections.Tls;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>What <see cref="GuardedTcpTransport"/> is told; Akka makes the transport itself, from a class name,
/// so this comes with the actor system.</summary>
internal sealed class GuardedTcpSetup(ClusterEndpointOptions options) : Setup
{
    /// <summary>Where to listen.</summary>
    public ClusterEndpointOptions Options { get; } = options;

    /// <summary>What members have shown.</summary>
    public PeerRoles Roles { get; } = new();

    /// <summary>How the ends of a connection get to know each other: by the key on loopback, else by certificates.</summary>
    public IConnectionGuard Guard { get; } = options.Address.IsLoopback
        ? new KeyHandshake(options.Key!)
        : new TlsHandshake(options.Identity!);
}

using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Hosting.State;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster;

/// <summary>What the two ends of a connection know each other by; the coordinator's address decides which of the two.</summary>
public abstract record ConnectionOptions
{
    /// <summary>Needed where the coordinator is on loopback.</summary>
    public ClusterKey? Key { get; init; }

    /// <summary>Needed where it is on a network.</summary>
    public NodeIdentity? Identity { get; init; }

    /// <summary>From the first byte to the last of a handshake; what is honest takes milliseconds. Default 10 s.</summary>
    public TimeSpan HandshakeLimit { get; init; } = TimeSpan.FromSeconds(10);

    internal IConnectionGuard Guard(NodeAddress coordinator) =>
        coordinator.IsLoopback ? new KeyHandshake(Key!) : new TlsHandshake(Identity!);

    /// <summary>Says what is missing.</summary>
    /// <param name="what">Whose address it is, as the start of a sentence.</param>
    /// <param name="coordinator">The address that decides.</param>
    /// <returns>A sentence; null when nothing is.</returns>
    internal string? MissingProof(string what, NodeAddress coordinator) => coordinator.IsLoopback
        ? Key is null ? $"{what} is {coordinator}, but there is no key, by which members on loopback know each other." : null
        : Identity is null ? $"{what} is {coordinator}, but there is no certificate, by which members on a network know each other." : null;
}

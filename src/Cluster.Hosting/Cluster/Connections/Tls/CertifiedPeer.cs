using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster.Connections.Tls;

/// <summary>A member that has shown its certificate.</summary>
/// <param name="stream">The encrypted connection.</param>
/// <param name="shown">Its certificate.</param>
/// <param name="called">The host that was called; null when it called itself.</param>
/// <param name="identity">What this member knows of certificates.</param>
internal sealed class CertifiedPeer(SslStream stream, X509Certificate2 shown, string? called, NodeIdentity identity) : Peer(stream)
{
    /// <summary>Who may be at the other end. Workers among themselves, too: the members of a cluster listen to each other's
    /// hearts.</summary>
    internal static IReadOnlyList<NodeRole> Members { get; } = [NodeRole.Coordinator, NodeRole.Worker];

    /// <inheritdoc />
    public override bool MayLead => identity.Refusal(shown, [NodeRole.Coordinator], calledHost: null) is null;

    /// <inheritdoc />
    public override string? Objection() => identity.Refusal(shown, Members, called);

    /// <inheritdoc />
    public override string? ObjectionTo(string host) => NodeAddress.TryParse(host) is { } address
        ? identity.Refusal(shown, Members, address.Host)
        : $"it calls itself \"{ForeignText.OneLine(host, 100)}\", which is no address";
}

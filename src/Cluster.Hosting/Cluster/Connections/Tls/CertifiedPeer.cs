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
    private static readonly NodeRole[] Callers = [NodeRole.Coordinator, NodeRole.Worker];
    private static readonly NodeRole[] Coordinators = [NodeRole.Coordinator];

    /// <inheritdoc />
    public override string? Objection() => identity.Refusal(shown, Allowed(called), called);

    /// <inheritdoc />
    public override string? ObjectionTo(string host) => NodeAddress.TryParse(host) is { } address
        ? identity.Refusal(shown, Coordinators, address.Host)
        : $"it calls itself \"{ForeignText.OneLine(host, 100)}\", which is no address";

    /// <inheritdoc />
    public override string? ObjectionTo(WorkerAddress worker) =>
        Misnomer(worker, shown.GetNameInfo(X509NameType.SimpleName, forIssuer: false));

    /// <summary>Who may be at the other end: workers only call.</summary>
    /// <param name="called">The host that was called; null when the other end called.</param>
    internal static IReadOnlyList<NodeRole> Allowed(string? called) => called is null ? Callers : Coordinators;
}

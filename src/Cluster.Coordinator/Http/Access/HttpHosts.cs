using System.Security.Cryptography.X509Certificates;
using SearchCluster.Hosting;
using SearchCluster.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.Coordinator.Http.Access;

/// <summary>The hosts by which the HTTP API is called: those of loopback, or the one that it listens on and what its
/// certificate names.</summary>
/// <param name="listening">Where it listens.</param>
/// <param name="identity">Its certificate; needed where it does not listen on loopback.</param>
internal sealed class HttpHosts(NodeAddress listening, NodeIdentity? identity)
{
    /// <summary>What it answers to, for people.</summary>
    public string Description => listening.IsLoopback ? "localhost, 127.0.0.1 and [::1]" : string.Join(", ", identity!.Hosts);

    /// <summary>What the holder of a certificate is in this cluster.</summary>
    /// <param name="shown">As the other end of a connection showed it; null for none.</param>
    /// <returns>Null where there is no certificate, or none that is accepted.</returns>
    public NodeRole? RoleOf(X509Certificate2? shown) => shown is null || identity is null
        ? null
        : Enum.GetValues<NodeRole>().Cast<NodeRole?>().FirstOrDefault(role => identity.Refusal(shown, [role!.Value], null) is null);

    /// <summary>Tells whether a request means this API.</summary>
    /// <param name="host">From its Host or Origin header, without a port.</param>
    public bool Include(string host) => NodeAddress.TryParse(host) is { } named
        && (listening.IsLoopback
            ? named.IsLoopback
            : named.Text == listening.Text || identity!.Certificate.MatchesHostname(named.Host, false, false));
}

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster.Connections.Tls;

/// <summary>Whether a coordinator on a network is the one that was meant, and why not. There is no way to go on without that.</summary>
/// <remarks>With an identity its authorities alone count; without one those that this machine trusts, for a coordinator behind a server
/// with a certificate of a public authority.</remarks>
/// <param name="identity">Of the state folder; null when it has none.</param>
/// <param name="host">That is called; asked for each connection, since a coordinator may move.</param>
public sealed class ServerTrust(NodeIdentity? identity, Func<string> host)
{
    private static readonly NodeRole[] Coordinators = [NodeRole.Coordinator];

    private string? _refusal;

    /// <summary>Finds what a state folder knows of the coordinator's cluster.</summary>
    /// <param name="url">Of the coordinator; over http nobody shows anything.</param>
    /// <param name="state">The folder.</param>
    /// <param name="clock">Certificates expire.</param>
    /// <param name="host">That is called, asked for each connection where it may change; null for that of the URL.</param>
    /// <exception cref="TrustException">There is an identity, but it cannot be used.</exception>
    public static ServerTrust Of(Uri url, StateFolder state, TimeProvider clock, Func<string>? host = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(state);
        var identity = url.Scheme == Uri.UriSchemeHttps ? NodeIdentity.Find(state.IdentityFolder, clock) : null;
        return new(identity, host ?? (() => url.DnsSafeHost));
    }

    /// <summary>What this end shows; null for nothing.</summary>
    public NodeIdentity? Identity => identity;

    /// <summary>Whether this end has a certificate to show.</summary>
    public bool ShowsCertificate => identity is not null;

    /// <summary>Why the last certificate was refused; null when it was not.</summary>
    public string? Refusal => Volatile.Read(ref _refusal);

    /// <summary>How TLS is spoken; who has a certificate shows it when asked.</summary>
    public SslClientAuthenticationOptions Options() => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = identity is null ? null : OfflinePolicy.For(identity),
        LocalCertificateSelectionCallback = identity is null ? null : (_, _, _, _, _) => identity.Certificate,
        RemoteCertificateValidationCallback = (_, shown, chain, errors) => Judge(shown, chain, errors) is null,
    };

    private string? Judge(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        using var certificate = shown is null ? null : X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        var refusal = identity is null ? OfMachine(chain, errors) : identity.Refusal(certificate, Coordinators, host());
        Volatile.Write(ref _refusal, refusal);
        return refusal;
    }

    private string? OfMachine(X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => null,
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "It shows no certificate.",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
            $"Its certificate does not name the host \"{host()}\". Call it by a name or an address that the certificate names.",
        _ when chain?.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) == true =>
            "Its certificate has expired, or is not valid yet.",
        _ => "No authority that this machine trusts has signed its certificate, and the state folder holds none of a cluster of its own. "
            + "Name the state folder of a machine that has joined that cluster with --state.",
    };
}

using System.Net.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster.Connections.Tls;

/// <summary>What TLS makes of this member's certificate, kept until there is a new one. Thread-safe.</summary>
/// <param name="identity">Whose certificate is shown.</param>
public sealed class CertificateContexts(NodeIdentity identity)
{
    private SslStreamCertificateContext? _last;

    /// <summary>The context of the certificate that counts now: a renewal needs no restart.</summary>
    public SslStreamCertificateContext Current()
    {
        var certificate = identity.Certificate;
        if (Volatile.Read(ref _last) is { } last && ReferenceEquals(last.TargetCertificate, certificate))
        {
            return last;
        }

        // Offline: the authority is known, and nobody's network is asked for another.
        var current = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        Volatile.Write(ref _last, current);
        return current;
    }
}

using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster.Connections.Tls;

/// <summary>How TLS itself looks at a chain of certificates before <see cref="NodeIdentity.Refusal"/> decides: without the machine's trust
/// store, and without asking a network for anything.</summary>
public static class OfflinePolicy
{
    /// <summary>Makes one; they are not shared.</summary>
    /// <param name="identity">Whose authorities count.</param>
    public static X509ChainPolicy For(NodeIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(identity.Authorities);
        return policy;
    }
}

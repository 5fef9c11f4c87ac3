using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.Coordinator.Http.Access;

/// <summary>HTTPS with the certificate of the node.</summary>
internal static class HttpTls
{
    private static readonly NodeRole[] Everybody = Enum.GetValues<NodeRole>();

    /// <summary>Encrypts what is not loopback. The certificate is looked up for each connection, so that a renewal needs no
    /// restart.</summary>
    /// <param name="listen">The port.</param>
    /// <param name="isLoopback">True where nothing is to be done.</param>
    /// <param name="identity">The certificate; needed elsewhere.</param>
    public static void UseTlsUnless(this ListenOptions listen, bool isLoopback, NodeIdentity? identity)
    {
        // As without TLS: one protocol, whose limits are set.
        listen.Protocols = HttpProtocols.Http1;
        if (!isLoopback)
        {
            ArgumentNullException.ThrowIfNull(identity);
            var contexts = new CertificateContexts(identity);
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(OptionsOf(identity, contexts)),
                HandshakeTimeout = HandshakeLimit,
            });
        }
    }

    private static TimeSpan HandshakeLimit { get; } = TimeSpan.FromSeconds(10);

    private static SslServerAuthenticationOptions OptionsOf(NodeIdentity identity, CertificateContexts contexts) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ServerCertificateContext = contexts.Current(),
        AllowRenegotiation = false,
        AllowTlsResume = false,
        CertificateChainPolicy = OfflinePolicy.For(identity),

        // Asked for, not required: the token decides what a request may do. But whoever shows one that was revoked is not heard.
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null || IsMember(identity, shown),
    };

    private static bool IsMember(NodeIdentity identity, X509Certificate shown)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return identity.Refusal(certificate, Everybody, calledHost: null) is null;
    }
}

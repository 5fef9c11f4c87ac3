using System.ComponentModel;
using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster.Connections.Tls;

/// <summary>Both ends show a certificate of the cluster over TLS, and speak encrypted from then on.</summary>
/// <remarks>
/// TLS itself takes any certificate of which the other end has the key, and each end then judges the other's by <see cref="NodeIdentity"/>
/// alone: the authorities that a machine trusts otherwise have no say, and nothing is fetched from a network. After that each end says
/// in one byte whether it goes on: a caller whose certificate is refused would otherwise learn of it as a broken connection.
/// Sessions are not resumed, so that each connection is judged by a certificate. The name of the protocol keeps a
/// handshake with another port of the same certificate, the HTTP API's, from passing for one with this port.
/// </remarks>
internal sealed class TlsHandshake(NodeIdentity identity) : IConnectionGuard
{
    private const byte Accepted = 1;
    private const byte Refused = 0;

    private readonly CertificateContexts _contexts = new(identity);

    /// <inheritdoc />
    public string Proof => "a certificate of this cluster";

    /// <summary>What is spoken inside; its last digit is the version.</summary>
    internal static SslApplicationProtocol Protocol { get; } = new("searchcluster-member/1");

    /// <inheritdoc />
    public Task<Peer> CallAsync(Stream connection, string called, CancellationToken cancellation)
    {
        var host = HostOf(called);
        var ours = _contexts.Current();
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = Versions,
            ApplicationProtocols = [Protocol],
            ClientCertificateContext = ours,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => ours.TargetCertificate,
            RemoteCertificateValidationCallback = JudgedLater,
            CertificateChainPolicy = OfflinePolicy.For(identity),
            AllowRenegotiation = false,
            AllowTlsResume = false,
        };
        return ShakeAsync(connection, host, tls => tls.AuthenticateAsClientAsync(options, cancellation), cancellation);
    }

    /// <inheritdoc />
    public Task<Peer> AnswerAsync(Stream connection, string called, CancellationToken cancellation)
    {
        var options = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = Versions,
            ApplicationProtocols = [Protocol],
            ClientCertificateRequired = true,
            ServerCertificateContext = _contexts.Current(),
            RemoteCertificateValidationCallback = JudgedLater,
            CertificateChainPolicy = OfflinePolicy.For(identity),
            AllowRenegotiation = false,
            AllowTlsResume = false,
        };
        return ShakeAsync(connection, null, tls => tls.AuthenticateAsServerAsync(options, cancellation), cancellation);
    }

    // Tls13 alone would shut out what the system's policy forbids it; everything before 1.2 is broken.
    private static SslProtocols Versions => SslProtocols.Tls12 | SslProtocols.Tls13;

    private async Task<Peer> ShakeAsync(
        Stream connection, string? called, Func<SslStream, Task> authenticate, CancellationToken cancellation)
    {
        var bounded = new BoundedStream(connection, TransportLimits.HandshakeBytes);
        var tls = new SslStream(bounded, leaveInnerStreamOpen: false);
        try
        {
            await authenticate(tls);
            if (tls.NegotiatedApplicationProtocol != Protocol)
            {
                throw new HandshakeException(HandshakeFault.Garbage);
            }

            var shown = tls.RemoteCertificate is { } certificate
                ? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData())
                : null;
            var refusal = identity.Refusal(shown, CertifiedPeer.Allowed(called), called);
            var theirs = await ExchangeAsync(tls, refusal is null ? Accepted : Refused, cancellation);
            if (refusal is not null)
            {
                throw new HandshakeException(HandshakeFault.Refused, refusal);
            }

            if (theirs != Accepted)
            {
                throw new HandshakeException(HandshakeFault.TurnedAway);
            }

            bounded.Lift();
            return new CertifiedPeer(tls, shown!, called, identity);
        }
        catch (Exception foreign) when (foreign
            is AuthenticationException or InvalidDataException or CryptographicException or AsnContentException or Win32Exception)
        {
            // No TLS, none that fits, or a certificate that cannot be read.
            await tls.DisposeAsync();
            throw new HandshakeException(HandshakeFault.Garbage, inner: foreign);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    // Both write before they read, and both read even when they refuse: what is unread at the end would make the system throw away what is
    // on its way.
    private static async Task<byte> ExchangeAsync(SslStream tls, byte ours, CancellationToken cancellation)
    {
        await tls.WriteAsync((byte[])[ours], cancellation);
        var theirs = new byte[1];
        await tls.ReadExactlyAsync(theirs, cancellation);
        return theirs[0];
    }

    private static bool JudgedLater(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null;

    private static string HostOf(string called) => called[..called.LastIndexOf(':')].Trim('[', ']');
}

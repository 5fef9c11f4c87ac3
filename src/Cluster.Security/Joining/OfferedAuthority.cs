using System.Security.Cryptography.X509Certificates;
using System.Text;
using SearchCluster.Security.Certificates;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Joining;

/// <summary>The authority of a cluster as somebody at the coordinator's address told it, once its hash was found to be that of a token. From
/// then on it says who is the coordinator, before this machine has a certificate of its own.</summary>
public sealed class OfferedAuthority
{
    private static readonly NodeRole[] Coordinators = [NodeRole.Coordinator];

    private readonly X509Certificate2Collection _trusted;
    private readonly TimeProvider _clock;

    private OfferedAuthority(X509Certificate2Collection trusted, TimeProvider clock)
    {
        _trusted = trusted;
        _clock = clock;
    }

    /// <summary>Compares what was told with a token.</summary>
    /// <param name="pem">The certificate in PEM form, from whoever it came.</param>
    /// <param name="token">By which the machine joins.</param>
    /// <param name="place">Who was asked, for the message.</param>
    /// <param name="clock">Decides which certificates are valid.</param>
    /// <exception cref="TrustException">It is no certificate, or that of another cluster than the token's.</exception>
    public static OfferedAuthority Verify(string pem, JoinToken token, string place, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(pem);
        ArgumentNullException.ThrowIfNull(token);
        var offered = CertificatePem.Read(Encoding.UTF8.GetBytes(pem), $"The answer of {place}", SecurityCodes.OtherAuthority)[0];
        var fingerprint = CertificateFacts.FingerprintOf(offered);
        return token.IsFor(fingerprint)
            ? new OfferedAuthority([offered], clock)
            : throw new TrustException(
                SecurityCodes.OtherAuthority,
                $"{place} belongs to another cluster than the token: its authority has the hash {fingerprint[..token.AuthorityHash.Length]}, "
                    + $"but the token is for {token.AuthorityHash}. The token was not sent. Give the address and the token as "
                    + "searchcluster token create prints them on the coordinator's machine; if both are right, somebody sits between the "
                    + "machines.");
    }

    /// <summary>Looks at the certificate of whoever is at the other end.</summary>
    /// <param name="peer">What was shown; null when nothing.</param>
    /// <param name="calledHost">Which host was called.</param>
    /// <returns>Null when it is a coordinator of the cluster; else a sentence that says what is wrong and what to do.</returns>
    public string? Refusal(X509Certificate2? peer, string calledHost) =>
        PeerCheck.Refusal(peer, _trusted, Coordinators, calledHost, _clock.GetUtcNow());
}

using System.Text;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Certificates;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Joining;

/// <summary>Gives a certificate to who comes with a token, and a new one to who comes with a certificate.</summary>
/// <param name="authority">Signs.</param>
/// <param name="tokens">Of the same authority.</param>
/// <param name="clock">Decides which certificates are still valid.</param>
public sealed class Admission(CertificateAuthority authority, JoinTokens tokens, TimeProvider clock)
{
    private static readonly NodeRole[] Everybody = Enum.GetValues<NodeRole>();

    /// <summary>Certifies a machine that joins. A request that is refused for what it asks uses up nothing.</summary>
    /// <param name="token">Allows it, and says in which role.</param>
    /// <param name="requestPem">The signing request.</param>
    /// <param name="name">Of the member.</param>
    /// <param name="hosts">By which it is called.</param>
    /// <returns>The certificate in PEM form, and the role in it.</returns>
    /// <exception cref="TrustException">The token or something asked for is refused, or a list cannot be written.</exception>
    public (string Certificate, NodeRole Role) Admit(JoinToken token, string requestPem, string name, IReadOnlyList<string> hosts)
    {
        CertificateAuthority.Check(requestPem, name, tokens.Require(token), hosts);
        var role = tokens.Use(token);
        return (authority.Issue(requestPem, name, role, hosts), role);
    }

    /// <summary>Certifies a member anew, with another key: name, role and hosts are those of its certificate.</summary>
    /// <param name="certificatePem">The certificate that it has; still valid, and not revoked.</param>
    /// <param name="requestPem">The signing request for the new key.</param>
    /// <param name="signature">By <see cref="NodeIdentity.SignRenewal"/>: whoever sends it has the key of the certificate. One that is sent
    /// again gives a certificate for the same new key, which is of no use to anybody else.</param>
    /// <returns>The certificate in PEM form, its name and its role.</returns>
    /// <exception cref="TrustException">The certificate or the request is refused, or a list cannot be read or written.</exception>
    public (string Certificate, string Name, NodeRole Role) Renew(string certificatePem, string requestPem, byte[] signature)
    {
        ArgumentNullException.ThrowIfNull(certificatePem);
        ArgumentNullException.ThrowIfNull(signature);
        using var certificate =
            CertificatePem.Read(Encoding.UTF8.GetBytes(certificatePem), "The certificate that was sent", SecurityCodes.NotRenewed)[0];
        if (PeerCheck.Refusal(certificate, authority.Trusted, Everybody, calledHost: null, clock.GetUtcNow()) is { } refusal)
        {
            throw new TrustException(SecurityCodes.NotRenewed, refusal);
        }

        if (authority.Revoked.FirstOrDefault(entry => entry.Serial == certificate.SerialNumber) is { } revoked)
        {
            throw new TrustException(
                SecurityCodes.NotRenewed,
                $"The certificate {revoked.Serial} of \"{revoked.Name}\" was revoked at {Moment.Of(revoked.At)}. If its machine is to be a "
                    + "member again, let it join with a new token.");
        }

        if (!RenewalStatement.IsSignedBy(certificate, requestPem, signature))
        {
            throw new TrustException(
                SecurityCodes.NotRenewed,
                $"The request to renew the certificate {certificate.SerialNumber} is not signed with its key. Sign it with that key, or "
                    + "let the machine join again with a new token.");
        }

        var (name, role) = (CertificateFacts.NameOf(certificate), CertificateFacts.RoleOf(certificate)!.Value);
        return (authority.Issue(requestPem, name, role, CertificateFacts.HostsOf(certificate)), name, role);
    }
}

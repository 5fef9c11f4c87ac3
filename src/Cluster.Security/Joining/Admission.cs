using SearchCluster.Security.Authorities;

namespace SearchCluster.Security.Joining;

/// <summary>Gives a certificate to who comes with a token, and a new one to who comes with a certificate.</summary>
/// <param name="authority">Signs.</param>
/// <param name="tokens">Of the same authority.</param>
public sealed class Admission(CertificateAuthority authority, JoinTokens tokens)
{
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
}

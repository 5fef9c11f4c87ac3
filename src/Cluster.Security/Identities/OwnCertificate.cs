using System.Text;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Certificates;

namespace SearchCluster.Security.Identities;

/// <summary>The certificate of a machine that has the authority itself: nobody else has to be asked.</summary>
public static class OwnCertificate
{
    private const string Code = SecurityCodes.IdentityUnusable;

    /// <summary>Looks whether a certificate in a folder will do, and issues one where none does.</summary>
    /// <param name="authority">Of this machine.</param>
    /// <param name="folder">The identity folder.</param>
    /// <param name="name">Of the member, for a new certificate.</param>
    /// <param name="hosts">Names and addresses that it has to name.</param>
    /// <param name="clock">Decides what is valid.</param>
    /// <returns>The identity, and whether its certificate is new.</returns>
    /// <exception cref="TrustException">The folder is that of a member of another cluster, or cannot be read or written.</exception>
    public static (NodeIdentity Identity, bool IsNew) Ensure(
        CertificateAuthority authority, string folder, string name, IReadOnlyList<string> hosts, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(clock);
        RequireOwn(authority, folder);
        if (Usable(authority, folder, clock) is { Role: NodeRole.Coordinator } identity
            && clock.GetUtcNow() < identity.RenewalDue
            && hosts.All(host => identity.Refusal(identity.Certificate, [NodeRole.Coordinator], host) is null))
        {
            return (identity, false);
        }

        Issue(authority, folder, name, NodeRole.Coordinator, hosts);
        return (NodeIdentity.Find(folder, clock)!, true);
    }

    /// <summary>Issues a certificate into a folder, in the place of the one that is there.</summary>
    /// <param name="authority">Of this machine.</param>
    /// <param name="folder">The identity folder; made when missing.</param>
    /// <param name="name">Of the member.</param>
    /// <param name="role">What it may be.</param>
    /// <param name="hosts">By which it is called.</param>
    /// <exception cref="TrustException">The folder is that of a member of another cluster, something asked for is refused, or a file
    /// cannot be read or written.</exception>
    public static void Issue(CertificateAuthority authority, string folder, string name, NodeRole role, IReadOnlyList<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(authority);
        RequireOwn(authority, folder);
        using var request = SigningRequest.Create(folder, name);
        request.Accept(authority.Issue(request.Pem, name, role, hosts), Trusted(authority, folder));
    }

    // One that expired, or whose key is lost, is replaced: that is what the authority is here for.
    private static NodeIdentity? Usable(CertificateAuthority authority, string folder, TimeProvider clock)
    {
        try
        {
            var identity = NodeIdentity.Find(folder, clock);
            return identity is not null && PeerCheck.ChainTrouble(identity.Certificate, authority.Trusted, clock.GetUtcNow()) is null
                ? identity
                : null;
        }
        catch (TrustException)
        {
            return null;
        }
    }

    private static void RequireOwn(CertificateAuthority authority, string folder)
    {
        var files = new IdentityFiles(Path.GetFullPath(folder));
        if (Files.SecurityFile.TryRead(files.Authorities, Code) is { } bundle
            && CertificatePem.Read(bundle, files.Authorities, Code) is var trusted
            && trusted.All(one => CertificateFacts.FingerprintOf(one) != authority.Fingerprint))
        {
            throw new TrustException(
                Code,
                $"{files.Folder} is that of a member of another cluster: {files.Authorities} holds the authority "
                    + $"\"{CertificateFacts.NameOf(trusted[0])}\" ({CertificateFacts.FingerprintOf(trusted[0])[..16]}…), but that of "
                    + $"{authority.Folder} is {authority.Fingerprint[..16]}…. Use another state folder for this cluster, or move "
                    + $"{files.Folder} away.");
        }
    }

    // Several while one authority replaces another.
    private static string Trusted(CertificateAuthority authority, string folder)
    {
        var files = new IdentityFiles(Path.GetFullPath(folder));
        return Files.SecurityFile.TryRead(files.Authorities, Code) is { } bundle ? Encoding.UTF8.GetString(bundle) : authority.CertificateText;
    }
}

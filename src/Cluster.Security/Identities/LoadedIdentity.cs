using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security.Certificates;

namespace SearchCluster.Security.Identities;

/// <summary>An identity as its files were when they were read; it does not change.</summary>
/// <param name="Certificate">With its key.</param>
/// <param name="Authorities">At least one.</param>
/// <param name="Name">Of the member.</param>
/// <param name="Role">What it may be.</param>
internal sealed record LoadedIdentity(X509Certificate2 Certificate, X509Certificate2Collection Authorities, string Name, NodeRole Role)
{
    private const string Code = SecurityCodes.IdentityUnusable;
    private const string JoinAgain = "Join the cluster again with a new token (searchcluster token create on the coordinator's machine).";

    /// <summary>Understands the files.</summary>
    /// <param name="files">Where they lie.</param>
    /// <param name="content">What is in them.</param>
    /// <param name="now">Decides what has expired.</param>
    /// <returns>Null where there is no identity: neither certificate nor key.</returns>
    /// <exception cref="TrustException">They cannot be used.</exception>
    public static LoadedIdentity? Of(IdentityFiles files, IdentityContent content, DateTimeOffset now)
    {
        var (bundle, node, key, next) = content;
        if (node is null)
        {
            return key is null ? null : throw Broken($"{files.Key} is there, but its certificate {files.Certificate} is not. {JoinAgain}");
        }

        using var bare = CertificatePem.Read(node, files.Certificate, Code)[0];
        var pair = Fitting(bare, key, files.Key) ?? Fitting(bare, next, files.NextKey) ?? throw (key is null && next is null
            ? Broken($"{files.Certificate} is there, but its key {files.Key} is not. {JoinAgain}")
            : Broken($"{files.Key} is not the key of the certificate {files.Certificate}. Put both back from one copy. Or: {JoinAgain}"));
        var authorities = bundle is not null
            ? CertificatePem.Read(bundle, files.Authorities, Code)
            : throw Broken(
                $"{files.Authorities} is not there. It holds the certificate of the cluster's authority; copy the file from another "
                    + "machine of the cluster.");
        RequireValid(files.Certificate, pair, now);
        RequireIssued(files, pair, authorities, now);
        return new LoadedIdentity(
            pair,
            authorities,
            CertificateFacts.NameOf(pair),
            CertificateFacts.RoleOf(pair)
                ?? throw Broken($"{files.Certificate} names no role of a SearchCluster member. {JoinAgain}"));
    }

    private static X509Certificate2? Fitting(X509Certificate2 certificate, byte[]? key, string path)
    {
        if (key is null)
        {
            return null;
        }

        using ECDsa read = CertificatePem.ReadKey(key, path, Code);
        return CertificatePem.Pair(certificate, read);
    }

    private static void RequireValid(string path, X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now >= CertificateFacts.Expires(certificate))
        {
            throw Broken(
                $"The certificate {path} of {CertificateFacts.NameOf(certificate)} expired at "
                    + $"{Moment.Of(CertificateFacts.Expires(certificate))}; it is {Moment.Of(now)} now. {JoinAgain}");
        }

        if (now < CertificateFacts.Begins(certificate))
        {
            throw Broken(
                $"The certificate {path} of {CertificateFacts.NameOf(certificate)} is valid from "
                    + $"{Moment.Of(CertificateFacts.Begins(certificate))}, but the clock of this machine says {Moment.Of(now)}. Set the "
                    + "clock right.");
        }
    }

    private static void RequireIssued(
        IdentityFiles files, X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        if (PeerCheck.ChainTrouble(certificate, authorities, now) is { } trouble)
        {
            throw Broken(
                $"The certificate {files.Certificate} of {CertificateFacts.NameOf(certificate)} does not come from an authority in "
                    + $"{files.Authorities}: {trouble}. {JoinAgain}");
        }
    }

    private static TrustException Broken(string message) => new(Code, message);
}

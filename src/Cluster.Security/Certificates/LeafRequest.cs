using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SearchCluster.Security.Certificates;

/// <summary>What an authority certifies: of the signing request the public key, and nothing else.</summary>
internal static class LeafRequest
{
    /// <summary>Most characters of a signing request.</summary>
    public const int MaximumLength = 16 * 1024;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The purposes that every certificate has: members call and are called.</summary>
    public static OidCollection Purposes { get; } = [new Oid(ServerAuthentication), new Oid(ClientAuthentication)];

    /// <summary>Reads a signing request and makes of its public key what is to be signed.</summary>
    /// <param name="pem">The request.</param>
    /// <param name="name">Becomes the common name.</param>
    /// <param name="role">Becomes a name of the kind URI.</param>
    /// <param name="hosts">Become names of the kinds DNS and IP.</param>
    /// <exception cref="TrustException">It cannot be read, its sender does not show that it has the private key, or the key is of another
    /// kind.</exception>
    public static CertificateRequest Of(string pem, string name, NodeRole role, IReadOnlyList<string> hosts)
    {
        var key = KeyOf(pem);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            Add(names, host);
        }

        names.AddUri(new Uri(NodeRoles.UriOf(role)));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Purposes, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, critical: false));
        return request;
    }

    private static void Add(SubjectAlternativeNameBuilder names, string host)
    {
        if (NodeName.IsAddress(host, out IPAddress address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }
    }

    private static PublicKey KeyOf(string pem)
    {
        if (pem.Length > MaximumLength)
        {
            throw Refused(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"has {pem.Length} characters, but at most {MaximumLength} are read"));
        }

        PublicKey key;
        try
        {
            // Its signature is checked here; its subject and the extensions that it asks for are not looked at.
            key = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default).PublicKey;
        }
        catch (Exception refused) when (refused is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw Refused(
                "cannot be read, or is not signed with the key that belongs to it: send a request in PEM form, signed with that key",
                refused);
        }

        using var curve = TryKey(key);
        return curve?.KeySize is 256 or 384
            ? key
            : throw Refused("has a key of another kind; use ECDSA with the curve P-256 or P-384");
    }

    private static ECDsa? TryKey(PublicKey key)
    {
        try
        {
            return key.GetECDsaPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static TrustException Refused(string what, Exception? cause = null) =>
        new(SecurityCodes.NotCertified, $"The signing request {what}.", cause);
}

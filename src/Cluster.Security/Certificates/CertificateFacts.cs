using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SearchCluster.Security.Certificates;

/// <summary>What a certificate says of its holder, as far as this product asks.</summary>
internal static class CertificateFacts
{
    private const string AlternativeNames = "2.5.29.17";
    private const int LongestName = 100;
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);

    /// <summary>The holder's name, fit for a message.</summary>
    public static string NameOf(X509Certificate2 certificate) => Shown(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));

    /// <summary>The issuer's name, fit for a message.</summary>
    public static string IssuerOf(X509Certificate2 certificate) => Shown(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true));

    /// <summary>When it begins to be valid.</summary>
    public static DateTimeOffset Begins(X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());

    /// <summary>When it ends.</summary>
    public static DateTimeOffset Expires(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    /// <summary>Lower hexadecimal SHA-256 of the certificate's DER.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <summary>The one role that it names.</summary>
    /// <returns>Null when it names none, or more than one.</returns>
    public static NodeRole? RoleOf(X509Certificate2 certificate)
    {
        var roles = UrisOf(certificate).Select(uri => NodeRoles.TryParseUri(uri, out var role) ? role : null).OfType<NodeRole>().ToList();
        return roles.Count == 1 ? roles[0] : null;
    }

    /// <summary>Names and addresses of the holder's machine.</summary>
    public static IReadOnlyList<string> HostsOf(X509Certificate2 certificate) =>
    [
        .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names =>
            names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))).Select(Shown),
    ];

    /// <summary>Tells whether it is that of an authority.</summary>
    public static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    private static List<string> UrisOf(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        foreach (var extension in certificate.Extensions.Where(extension => extension.Oid?.Value == AlternativeNames))
        {
            try
            {
                var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (names.HasData)
                {
                    if (names.PeekTag() == Uri)
                    {
                        uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, Uri));
                    }
                    else
                    {
                        names.ReadEncodedValue();
                    }
                }
            }
            catch (AsnContentException)
            {
                // Names that cannot be read name nothing, and the holder is refused for want of a role.
                return [];
            }
        }

        return uris;
    }

    private static string Shown(string text) => ForeignText.OneLine(text, LongestName);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SearchCluster.Security.Identities;

/// <summary>What a member signs with the key that it has to get a certificate for another.</summary>
internal static class RenewalStatement
{
    private const string Purpose = "searchcluster renewal 1\n";

    /// <summary>Signs a request.</summary>
    public static byte[] Sign(X509Certificate2 certificate, string requestPem)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new InvalidOperationException("The certificate has no key.");
        return key.SignData(Bytes(requestPem), HashAlgorithmName.SHA256);
    }

    /// <summary>Looks whether who signed has the key of a certificate.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, string requestPem, byte[] signature)
    {
        using var key = certificate.GetECDsaPublicKey();
        return key is not null && key.VerifyData(Bytes(requestPem), signature, HashAlgorithmName.SHA256);
    }

    // The purpose keeps a signature that the key gave elsewhere, in TLS for example, from being one of these.
    private static byte[] Bytes(string requestPem) => Encoding.UTF8.GetBytes(Purpose + requestPem);
}

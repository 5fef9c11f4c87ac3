using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SearchCluster.Security.Certificates;

/// <summary>Certificates and keys in their text form.</summary>
internal static class CertificatePem
{
    /// <summary>Reads certificates.</summary>
    /// <param name="content">A file, at least one certificate in it.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <param name="code">Of the refusal.</param>
    /// <exception cref="TrustException">There is none, or one cannot be read.</exception>
    public static X509Certificate2Collection Read(byte[] content, string path, string code)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(content));
        }
        catch (CryptographicException refused)
        {
            throw Damaged(path, code, refused);
        }

        return certificates.Count > 0 ? certificates : throw Damaged(path, code, null);
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="content">A file.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <param name="code">Of the refusal.</param>
    /// <exception cref="TrustException">It holds no key of the kind in use.</exception>
    public static ECDsa ReadKey(byte[] content, string path, string code)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Encoding.UTF8.GetString(content));
            return key;
        }
        catch (Exception refused) when (refused is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new TrustException(
                code, $"{path} holds no private key of the kind ECDSA in PEM form. Put the right file back from a copy.", refused);
        }
    }

    /// <summary>Puts certificate and key together.</summary>
    /// <returns>Null when they are no pair. It can be used by TLS on every operating system.</returns>
    public static X509Certificate2? Pair(X509Certificate2 certificate, ECDsa key)
    {
        using var publicKey = certificate.GetECDsaPublicKey();
        if (publicKey is null || !publicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            return null;
        }

        var pair = certificate.CopyWithPrivateKey(key);
        if (!OperatingSystem.IsWindows())
        {
            return pair;
        }

        // TLS of Windows takes no key that lives in memory alone.
        using (pair)
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    /// <summary>Writes a certificate.</summary>
    public static byte[] Bytes(X509Certificate2 certificate) => Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");

    /// <summary>Writes a key.</summary>
    public static byte[] Bytes(ECDsa key) => Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");

    private static TrustException Damaged(string path, string code, Exception? cause) => new(
        code, $"{path} holds no certificate that can be read (PEM form). Put the right file back from a copy.", cause);
}

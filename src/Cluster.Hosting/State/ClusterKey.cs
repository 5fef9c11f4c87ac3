using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SearchCluster.Hosting.State;

/// <summary>What the processes of a cluster know each other by: one key in the state folder, which only its owner can read.</summary>
/// <remarks>
/// Both ends of a connection show the certificate of this key and accept no other, so whoever cannot read the state folder can neither join
/// as a worker nor as a coordinator, nor send a message, also on loopback. Machines that do not share a state folder cannot join each other.
/// </remarks>
public sealed class ClusterKey
{
    private const int MaximumFileLength = 16 << 10;

    // The pin decides, not a date: a clock that is wrong must not cut a cluster in two.
    private static readonly DateTimeOffset ValidFrom = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset ValidTo = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ClusterKey(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Reads the key of a state folder, or makes one; of several processes that do so at once all get the same.</summary>
    /// <param name="state">The folder; created when missing.</param>
    /// <returns>The key.</returns>
    /// <exception cref="StateFolderException">The file cannot be read or written, or holds no key.</exception>
    public static ClusterKey LoadOrCreate(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Create();
        try
        {
            if (!File.Exists(state.ClusterKeyFile))
            {
                AtomicFile.TryCreateOwnerOnly(state.ClusterKeyFile, Encoding.ASCII.GetBytes(CreatePem()));
            }

            return new FileInfo(state.ClusterKeyFile).Length <= MaximumFileLength
                ? new ClusterKey(Read(File.ReadAllText(state.ClusterKeyFile)))
                : throw new CryptographicException("The file is too long for a certificate and its key.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The key of the cluster, {state.ClusterKeyFile}, cannot be read or written: {refused.Message} Run all processes of a cluster as the user who owns its state folder.", refused);
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            throw new StateFolderException($"{state.ClusterKeyFile} holds no key of a cluster: {damaged.Message} Delete the file and start coordinator and workers again to get a new one.", damaged);
        }
    }

    /// <summary>Tells whether a peer has the same key.</summary>
    /// <param name="presented">What it showed, or null.</param>
    /// <returns>True when it is this certificate; that it has the key, the handshake has shown.</returns>
    public bool IsShownBy(X509Certificate2? presented) => presented is not null && presented.RawDataMemory.Span.SequenceEqual(Certificate.RawDataMemory.Span);

    private static string CreatePem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=searchcluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth"), new Oid("1.3.6.1.5.5.7.3.2", "clientAuth")], critical: false));
        using var certificate = request.CreateSelfSigned(ValidFrom, ValidTo);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    // Windows takes no key that lives in memory only for TLS, so it goes through PKCS#12.
    private static X509Certificate2 Read(string pem)
    {
        using var inMemory = X509Certificate2.CreateFromPem(pem, pem);
        return X509CertificateLoader.LoadPkcs12(inMemory.Export(X509ContentType.Pkcs12), password: null);
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SearchCluster.Security.Certificates;
using SearchCluster.Security.Files;

namespace SearchCluster.Security.Identities;

/// <summary>A key that was made on this machine, which it never leaves, and the request by which an authority certifies it.</summary>
/// <remarks>From its making to <see cref="Accept"/> or <see cref="Dispose"/> it holds the lock of its folder: of several processes that
/// join or renew at once each would else put its key beside the certificate of another.</remarks>
public sealed class SigningRequest : IDisposable
{
    private const string Code = SecurityCodes.IdentityUnusable;

    private readonly IdentityFiles _files;
    private readonly FolderLock _held;

    private SigningRequest(IdentityFiles files, FolderLock held, string pem)
    {
        _files = files;
        _held = held;
        Pem = pem;
    }

    /// <summary>The request, for an authority.</summary>
    public string Pem { get; }

    /// <summary>Makes a key in an identity folder, beside the one in use, which stays until <see cref="Accept"/>. Waits for another
    /// process that does so, a minute at most.</summary>
    /// <param name="folder">Made when missing, for its owner only.</param>
    /// <param name="name">Of the member; see <see cref="NodeName.Rule"/>.</param>
    /// <exception cref="TrustException">The name breaks the rule, or the folder cannot be written.</exception>
    public static SigningRequest Create(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!NodeName.IsValid(name))
        {
            throw new TrustException(
                SecurityCodes.NotCertified,
                $"\"{ForeignText.OneLine(name, NodeName.MaximumLength)}\" is no name for a certificate; use {NodeName.Rule}.");
        }

        var files = new IdentityFiles(Path.GetFullPath(folder));
        SecurityFile.MakeFolder(files.Folder, Code);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var pem = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var held = FolderLock.Take(files.Folder, Code);
        try
        {
            SecurityFile.Write(files.NextKey, CertificatePem.Bytes(key), Code);
            return new SigningRequest(files, held, pem + "\n");
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Puts the certificate into the folder; from then on it is this machine's.</summary>
    /// <param name="certificatePem">What the authority signed.</param>
    /// <param name="authoritiesPem">Certificates of all authorities that are to be trusted.</param>
    /// <exception cref="TrustException">The certificate is not for this key, a text cannot be read, or a file cannot be written; the
    /// identity from before stays.</exception>
    public void Accept(string certificatePem, string authoritiesPem)
    {
        ArgumentNullException.ThrowIfNull(certificatePem);
        ArgumentNullException.ThrowIfNull(authoritiesPem);
        var authorities = Encoding.UTF8.GetBytes(authoritiesPem);
        CertificatePem.Read(authorities, "The list of authorities that was received", Code);
        using var certificate = CertificatePem.Read(Encoding.UTF8.GetBytes(certificatePem), "The answer of the authority", Code)[0];
        using var key = CertificatePem.ReadKey(
            SecurityFile.TryReadKey(_files.NextKey, Code)
                ?? throw new TrustException(Code, $"{_files.NextKey} is not there any more: another join used it. Try again."),
            _files.NextKey,
            Code);
        using var pair = CertificatePem.Pair(certificate, key)
            ?? throw new TrustException(
                Code, $"The certificate that was received is not for the key {_files.NextKey}. Try again; is another join under way here?");
        SecurityFile.Write(_files.Authorities, authorities, Code);
        SecurityFile.Write(_files.Certificate, CertificatePem.Bytes(certificate), Code);
        try
        {
            File.Move(_files.NextKey, _files.Key, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw SecurityFile.Unwritable(_files.Key, Code, refused);
        }

        _held.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => _held.Dispose();
}

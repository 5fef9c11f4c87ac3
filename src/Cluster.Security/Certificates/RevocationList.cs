using SearchCluster.Security.Files;

namespace SearchCluster.Security.Certificates;

/// <summary>Which certificates are not accepted any more; the file is read again whenever somebody asks.</summary>
/// <param name="path">The file; where there is none, nothing is revoked.</param>
/// <param name="code">Of the refusal when it cannot be read.</param>
internal sealed class RevocationList(string path, string code)
{
    /// <summary>Name of the file beside the certificate of an authority.</summary>
    public const string FileName = "revoked.json";

    private readonly ListFile<RevokedCertificate> _file = new(path, SecurityJson.Default.RevokedCertificateArray, code);

    /// <summary>All entries, in the order in which they were revoked.</summary>
    /// <exception cref="TrustException">The file cannot be read.</exception>
    public IReadOnlyList<RevokedCertificate> Entries => _file.Read();

    /// <summary>Looks a number up.</summary>
    /// <returns>Null when it is not revoked.</returns>
    /// <exception cref="TrustException">The file cannot be read: then nobody knows.</exception>
    public RevokedCertificate? Find(string serial) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Serial, serial, StringComparison.OrdinalIgnoreCase));

    /// <summary>Replaces the entries; the caller holds the folder's lock.</summary>
    public void Write(RevokedCertificate[] entries) => _file.Write(entries);
}

using SearchCluster.Security.Certificates;

namespace SearchCluster.Security.Identities;

/// <summary>The files of an identity folder.</summary>
/// <remarks>A renewal comes with a new key: it lies as <see cref="NextKey"/> while the certificate is asked for. The certificate
/// replaces the old one in one step, and then the key gets its name, so that at each moment one of the two keys fits.</remarks>
internal sealed class IdentityFiles(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Certificates of all authorities that are trusted.</summary>
    public string Authorities => Path.Combine(folder, "ca.pem");

    /// <summary>The certificate of this machine.</summary>
    public string Certificate => Path.Combine(folder, "node.pem");

    /// <summary>Its key.</summary>
    public string Key => Path.Combine(folder, "node.key");

    /// <summary>The key of a certificate that was asked for.</summary>
    public string NextKey => Path.Combine(folder, "node.key.next");

    /// <summary>What the authority took back, as this machine was told.</summary>
    public string Revoked => Path.Combine(folder, RevocationList.FileName);
}

using SearchCluster.Security.Files;

namespace SearchCluster.Security.Identities;

/// <summary>What the files of an identity folder hold at a moment; null each where there is none.</summary>
/// <param name="Authorities">Of <see cref="IdentityFiles.Authorities"/>.</param>
/// <param name="Certificate">Of <see cref="IdentityFiles.Certificate"/>.</param>
/// <param name="Key">Of <see cref="IdentityFiles.Key"/>.</param>
/// <param name="NextKey">Of <see cref="IdentityFiles.NextKey"/>.</param>
internal sealed record IdentityContent(byte[]? Authorities, byte[]? Certificate, byte[]? Key, byte[]? NextKey)
{
    private const string Code = SecurityCodes.IdentityUnusable;

    /// <summary>Reads the files.</summary>
    /// <exception cref="TrustException">One cannot be read, or a key is open to others.</exception>
    public static IdentityContent Read(IdentityFiles files) => new(
        SecurityFile.TryRead(files.Authorities, Code),
        SecurityFile.TryRead(files.Certificate, Code),
        SecurityFile.TryReadKey(files.Key, Code),
        SecurityFile.TryReadKey(files.NextKey, Code));

    /// <summary>Compares byte by byte.</summary>
    public bool IsSameAs(IdentityContent other) =>
        Same(Authorities, other.Authorities)
        && Same(Certificate, other.Certificate)
        && Same(Key, other.Key)
        && Same(NextKey, other.NextKey);

    private static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null ? one is null && other is null : one.AsSpan().SequenceEqual(other);
}

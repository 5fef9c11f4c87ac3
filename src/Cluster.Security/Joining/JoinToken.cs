using System.Security.Cryptography;
using System.Text;
using SearchCluster.Security.Files;

namespace SearchCluster.Security.Joining;

/// <summary>Lets a machine join a cluster: <c>scj1.</c>, a hash of the cluster's authority, an id, and a secret with a checksum.</summary>
/// <remarks>The hash is what a machine that joins compares the authority with before it sends the secret to it: 128 bits of its
/// fingerprint, against which nobody finds a second certificate. <see cref="ToString"/> does not show the secret.</remarks>
public sealed class JoinToken
{
    /// <summary>How every token for joining starts.</summary>
    public const string Prefix = "scj1";

    private const int HashLength = 32;
    private const int IdLength = 8;
    private const int SecretLength = 32;
    private const int LongestText = 200;

    private JoinToken(string value, string authorityHash, string id)
    {
        Value = value;
        AuthorityHash = authorityHash;
        Id = id;
        SecretHash = SHA256.HashData(Encoding.ASCII.GetBytes(value));
    }

    /// <summary>All of it, for whoever joins.</summary>
    public string Value { get; }

    /// <summary>The first 32 hexadecimal digits of the authority's fingerprint.</summary>
    public string AuthorityHash { get; }

    /// <summary>By which it is listed and revoked; no secret.</summary>
    public string Id { get; }

    /// <summary>SHA-256 of the whole text.</summary>
    internal byte[] SecretHash { get; }

    /// <summary>Makes a new token from the system's secure random source.</summary>
    /// <param name="fingerprint">Of the authority, as <c>CertificateAuthority.Fingerprint</c> writes it.</param>
    internal static JoinToken Create(string fingerprint)
    {
        var (hash, id) = (fingerprint[..HashLength], SecretText.Create(IdLength));
        var text = $"{Prefix}.{hash}.{id}.{SecretText.Create(SecretLength)}";
        return new JoinToken(text + SecretText.Checksum(text), hash, id);
    }

    /// <summary>Reads a token as somebody copied it.</summary>
    /// <param name="text">White space around it is ignored.</param>
    /// <exception cref="TrustException">It is none, or a character of it is another one, or missing.</exception>
    public static JoinToken Parse(string? text)
    {
        var value = (text ?? "").Trim();
        if (value.Length > LongestText || !value.StartsWith(Prefix + ".", StringComparison.Ordinal))
        {
            // Not a word of what was given: it may be a secret of another kind.
            throw Refused($"This is no token for joining a cluster: those begin with \"{Prefix}.\".");
        }

        var parts = value.Split('.');
        return parts.Length == 4
            && parts[1].Length == HashLength
            && parts[1].All(c => char.IsAsciiHexDigitLower(c))
            && parts[2].Length == IdLength
            && parts[3].Length == SecretLength + SecretText.ChecksumLength
            && value.All(char.IsAscii)
            && value[^SecretText.ChecksumLength..] == SecretText.Checksum(value[..^SecretText.ChecksumLength])
            ? new JoinToken(value, parts[1], parts[2])
            : throw Refused("The token for joining is mistyped or cut off: its checksum does not fit.");
    }

    /// <summary>Tells whether the token is for the cluster of an authority.</summary>
    /// <param name="fingerprint">Of the authority: 64 lower hexadecimal digits.</param>
    public bool IsFor(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        return fingerprint.StartsWith(AuthorityHash, StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Prefix}.{AuthorityHash}.{Id}.…";

    private static TrustException Refused(string what) => new(
        SecurityCodes.TokenRefused,
        $"{what} Copy it whole, as searchcluster token create printed it on the coordinator's machine.");
}

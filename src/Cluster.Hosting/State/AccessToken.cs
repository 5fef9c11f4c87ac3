using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SearchCluster.Hosting.State;

/// <summary>The secret that opens the HTTP API: <c>scl_</c>, 43 random characters, 6 characters of checksum.</summary>
/// <remarks>The prefix and the checksum let scanners find leaked tokens. <see cref="ToString"/> does not show the secret.</remarks>
public sealed class AccessToken
{
    /// <summary>How every token starts.</summary>
    public const string Prefix = "scl_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;

    private readonly byte[] _hash;

    private AccessToken(string value)
    {
        Value = value;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The secret itself, for the <c>Authorization</c> header only.</summary>
    public string Value { get; }

    /// <summary>Makes a new token from the system's secure random source.</summary>
    public static AccessToken Create()
    {
        var secret = RandomNumberGenerator.GetString(Alphabet, SecretLength);
        return new AccessToken(Prefix + secret + Checksum(secret));
    }

    /// <summary>Checks form and checksum.</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    /// <param name="token">What it means; null when it is none.</param>
    /// <returns>False when the text is not a token.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out AccessToken? token)
    {
        var value = text.Trim();
        token = value.Length == Prefix.Length + SecretLength + ChecksumLength
            && value.StartsWith(Prefix, StringComparison.Ordinal)
            && value[^ChecksumLength..] == Checksum(value[Prefix.Length..^ChecksumLength])
            ? new AccessToken(value)
            : null;
        return token is not null;
    }

    /// <summary>Reads the token of a state folder, or makes one; of several processes that do so at once all get the same.</summary>
    /// <param name="state">The folder; created when missing.</param>
    /// <exception cref="StateFolderException">The file cannot be read or written, or holds no token.</exception>
    public static AccessToken LoadOrCreate(StateFolder state)
    {
        state.Create();
        try
        {
            SecretFile.Ensure(state.TokenFile, () => Create().Value);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The token file {state.TokenFile} cannot be written: {refused.Message}", refused);
        }

        return TryLoad(state)
            ?? throw new StateFolderException($"The token file {state.TokenFile} vanished while it was read; start again.");
    }

    /// <summary>Reads the token of a state folder.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="StateFolderException">The file cannot be read, or holds no token.</exception>
    public static AccessToken? TryLoad(StateFolder state)
    {
        try
        {
            return TryParse(SecretFile.Read(state.TokenFile), out var token)
                ? token
                : throw new StateFolderException(
                    $"{state.TokenFile} holds no token (they start with {Prefix} and end with a checksum). Delete the file to get a new "
                        + $"one.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The token file {state.TokenFile} cannot be read: {refused.Message}", refused);
        }
    }

    /// <summary>Tells whether others than the owner may read or write the token file.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>True when a warning is due; always false on Windows.</returns>
    public static bool IsOpenToOthers(StateFolder state) => SecretFile.IsOpenToOthers(state.TokenFile);

    /// <summary>Compares in a time that does not depend on the text.</summary>
    /// <param name="presented">What a client sent.</param>
    /// <returns>True when it is this token.</returns>
    public bool Matches(string presented) =>
        CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(presented)));

    /// <inheritdoc />
    public override string ToString() => Prefix + "…";

    private static string Checksum(string secret)
    {
        var remainder = Crc32(Encoding.ASCII.GetBytes(secret));
        var text = new char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(remainder % (uint)Alphabet.Length)];
            remainder /= (uint)Alphabet.Length;
        }

        return new string(text);
    }

    // The reflected CRC-32 of IEEE 802.3, bit by bit: 43 bytes, once per token.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
            }
        }

        return ~crc;
    }
}

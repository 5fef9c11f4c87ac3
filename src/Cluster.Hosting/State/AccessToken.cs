using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SearchCluster.Security.Files;

namespace SearchCluster.Hosting.State;

/// <summary>The secret that opens the HTTP API: <c>scl_</c>, 43 random characters, 6 characters of checksum.</summary>
/// <remarks>The prefix and the checksum let scanners find leaked tokens. <see cref="ToString"/> does not show the secret.</remarks>
public sealed class AccessToken
{
    /// <summary>How every token starts.</summary>
    public const string Prefix = "scl_";

    private const int SecretLength = 43;

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
        var secret = SecretText.Create(SecretLength);
        return new AccessToken(Prefix + secret + SecretText.Checksum(secret));
    }

    /// <summary>Checks form and checksum.</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    /// <param name="token">What it means; null when it is none.</param>
    /// <returns>False when the text is not a token.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out AccessToken? token)
    {
        var value = text.Trim();
        token = value.Length == Prefix.Length + SecretLength + SecretText.ChecksumLength
            && value.StartsWith(Prefix, StringComparison.Ordinal)
            && value[^SecretText.ChecksumLength..] == SecretText.Checksum(value[Prefix.Length..^SecretText.ChecksumLength])
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
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SearchCluster.Hosting.State;

/// <summary>What the processes of a cluster know each other by: 256 random bits in the state folder, which its
/// owner alone can read.</summary>
/// <remarks>Whoever can read the state folder is a member with all rights. The key is never sent;
/// <see cref="ToString"/> does not show it.</remarks>
public sealed class ClusterKey
{
    /// <summary>How the file starts; scanners find leaked keys by it.</summary>
    public const string Prefix = "sck_";

    private const int Length = 32;

    private readonly byte[] _secret;

    private ClusterKey(byte[] secret) => _secret = secret;

    /// <summary>Makes a new key from the system's secure random source.</summary>
    public static ClusterKey Create() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads the key of a state folder, or makes one: the coordinator's part. Of several processes
    /// that do so at once all get the same.</summary>
    /// <param name="state">The folder; created when missing.</param>
    /// <exception cref="StateFolderException">The file cannot be written.</exception>
    /// <exception cref="ClusterKeyException">The file cannot be read, or holds no key.</exception>
    public static ClusterKey LoadOrCreate(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Create();
        try
        {
            SecretFile.Ensure(state.KeyFile, () => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length)));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The key of the cluster, {state.KeyFile}, cannot be written: {refused.Message}", refused);
        }

        return Load(state);
    }

    /// <summary>Reads the key of a state folder: the worker's part, since a key of its own would open no coordinator.</summary>
    /// <param name="state">The folder.</param>
    /// <exception cref="ClusterKeyException">There is none, it cannot be read, or the file holds something else.</exception>
    public static ClusterKey Load(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        try
        {
            return TryParse(SecretFile.Read(state.KeyFile), out var key) ? key : throw ClusterKeyException.Damaged(state);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ClusterKeyException.Missing(state, missing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw ClusterKeyException.Unreadable(state, refused);
        }
    }

    /// <summary>Tells whether others than the owner may read or write the file.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>True when a warning is due; always false on Windows.</returns>
    public static bool IsOpenToOthers(StateFolder state) => SecretFile.IsOpenToOthers(state.KeyFile);

    /// <summary>Proves that one has the key.</summary>
    /// <param name="statement">What is stated, with something in it that was never stated before.</param>
    /// <returns>HMAC-SHA256, 32 bytes.</returns>
    public byte[] Prove(ReadOnlySpan<byte> statement) => HMACSHA256.HashData(_secret, statement);

    /// <inheritdoc />
    public override string ToString() => Prefix + "…";

    private static bool TryParse(string text, [NotNullWhen(true)] out ClusterKey? key)
    {
        var value = text.Trim();
        key = value.Length == Prefix.Length + (2 * Length)
            && value.StartsWith(Prefix, StringComparison.Ordinal)
            && value[Prefix.Length..].All(char.IsAsciiHexDigit)
            ? new ClusterKey(Convert.FromHexString(value.AsSpan(Prefix.Length)))
            : null;
        return key is not null;
    }
}

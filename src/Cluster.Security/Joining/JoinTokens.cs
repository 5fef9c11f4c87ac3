using System.Security.Cryptography;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Files;

namespace SearchCluster.Security.Joining;

/// <summary>The tokens by which machines may join the cluster of an authority, in a file of its folder.</summary>
/// <remarks>Commands and the coordinator use it at once: each look reads the file, and each change is made under the folder's lock and is
/// on the disk before it counts. A token that cannot be used any more stays listed for a month, so that whoever tries it is told
/// why.</remarks>
/// <param name="authority">Whose tokens they are.</param>
/// <param name="clock">Says what has expired.</param>
public sealed class JoinTokens(CertificateAuthority authority, TimeProvider clock)
{
    /// <summary>How long a token lasts unless stated.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(24);

    /// <summary>The longest that a token may last.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(90);

    /// <summary>Most certificates for one token.</summary>
    public const int MostUses = 1000;

    private const string FileName = "tokens.json";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    // Threads of this process stand in line here; the folder's lock is looked for in steps.
    private readonly Lock _gate = new();
    private readonly ListFile<JoinTokenEntry> _file =
        new(Path.Combine(authority.Folder, FileName), JoinJson.Default.JoinTokenEntryArray, SecurityCodes.AuthorityUnusable);

    /// <summary>All tokens that are remembered, read anew; the oldest first.</summary>
    /// <exception cref="TrustException">The list cannot be read.</exception>
    public IReadOnlyList<JoinTokenEntry> Entries => _file.Read();

    /// <summary>Makes a token.</summary>
    /// <param name="role">What who joins with it becomes.</param>
    /// <param name="lifetime">More than none, at most <see cref="LongestLifetime"/>.</param>
    /// <param name="uses">How many machines may join with it; 1 to <see cref="MostUses"/>.</param>
    /// <returns>The token; its secret is told here only.</returns>
    /// <exception cref="TrustException">The list cannot be read or written.</exception>
    public JoinToken Create(NodeRole role, TimeSpan lifetime, int uses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLifetime);
        ArgumentOutOfRangeException.ThrowIfLessThan(uses, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(uses, MostUses);
        return Change(now =>
        {
            var token = JoinToken.Create(authority.Fingerprint);
            var entry = new JoinTokenEntry(
                token.Id, Convert.ToHexStringLower(token.SecretHash), NodeRoles.Word(role), now, now + lifetime, uses, uses);
            _file.Write([.. Entries.Where(old => now - old.Expires < Remembered), entry]);
            return token;
        });
    }

    /// <summary>Ends a token at once. Certificates that were issued by it go on.</summary>
    /// <param name="id">Its third part, or the whole token.</param>
    /// <returns>False when it was revoked already.</returns>
    /// <exception cref="TrustException">There is no such token, or the list cannot be read or written.</exception>
    public bool Revoke(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var wanted = id.StartsWith(JoinToken.Prefix + ".", StringComparison.Ordinal) ? JoinToken.Parse(id).Id : id;
        return Change(now =>
        {
            var entry = Entries.FirstOrDefault(entry => entry.Id == wanted)
                ?? throw new TrustException(
                    SecurityCodes.NotIssued,
                    $"No token for joining has the id \"{ForeignText.OneLine(wanted, NodeName.MaximumLength)}\"."
                        + Suggestions.Sentence(wanted, Entries.Select(entry => entry.Id)) + " searchcluster token list shows all.");
            if (entry.Revoked is not null)
            {
                return false;
            }

            Replace(entry, entry with { Revoked = now });
            return true;
        });
    }

    /// <summary>Looks whether a token can be used, and uses nothing.</summary>
    /// <param name="token">As it was presented.</param>
    /// <returns>What who joins with it becomes.</returns>
    /// <exception cref="TrustException">It is not accepted, or the list cannot be read.</exception>
    public NodeRole Require(JoinToken token) => RoleOf(Usable(token, clock.GetUtcNow()));

    /// <summary>Counts a use: on the disk before this returns, so that no certificate goes out uncounted.</summary>
    /// <param name="token">As it was presented.</param>
    /// <returns>What who joins with it becomes.</returns>
    /// <exception cref="TrustException">It is not accepted, or the list cannot be read or written.</exception>
    public NodeRole Use(JoinToken token) => Change(now =>
    {
        var entry = Usable(token, now);
        Replace(entry, entry with { UsesLeft = entry.UsesLeft - 1 });
        return RoleOf(entry);
    });

    private JoinTokenEntry Usable(JoinToken token, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!token.IsFor(authority.Fingerprint))
        {
            throw Refused($"The token {token.Id} is for the cluster of another authority ({token.AuthorityHash}…), not for this one "
                + $"({authority.Fingerprint[..token.AuthorityHash.Length]}…).");
        }

        // Ids are no secrets; of a token whose secret is another one nothing is told.
        var entry = Entries.FirstOrDefault(entry => entry.Id == token.Id);
        if (entry is null || !CryptographicOperations.FixedTimeEquals(Convert.FromHexString(entry.Hash), token.SecretHash))
        {
            throw Refused($"The token {token.Id} is not known here.");
        }

        return entry.Obstacle(now) is { } obstacle ? throw Refused($"The token {token.Id} {obstacle}.") : entry;
    }

    private NodeRole RoleOf(JoinTokenEntry entry) => NodeRoles.TryParse(entry.Role, out var role)
        ? role
        : throw new TrustException(
            SecurityCodes.AuthorityUnusable,
            $"{_file.FilePath} gives the token {entry.Id} the role \"{ForeignText.OneLine(entry.Role, NodeName.MaximumLength)}\", but "
                + $"there are {string.Join(", ", NodeRoles.Words)}. Revoke the token and make another.");

    private void Replace(JoinTokenEntry before, JoinTokenEntry after) =>
        _file.Write([.. Entries.Select(entry => entry.Id == before.Id ? after : entry)]);

    private T Change<T>(Func<DateTimeOffset, T> change)
    {
        lock (_gate)
        {
            using (FolderLock.Take(authority.Folder, SecurityCodes.AuthorityUnusable))
            {
                return change(clock.GetUtcNow());
            }
        }
    }

    private static TrustException Refused(string what) =>
        new(SecurityCodes.TokenRefused, $"{what} Make a new one on the coordinator's machine: searchcluster token create.");
}

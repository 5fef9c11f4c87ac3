using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State.Notes;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.State;

/// <summary>The folder that holds everything a cluster keeps: journal, artifacts, traces, logs, token.</summary>
public sealed class StateFolder
{
    /// <summary>Names the environment variable that says where it is.</summary>
    public const string EnvironmentVariable = "SEARCHCLUSTER_HOME";

    /// <summary>Used in the current directory when neither option nor variable is set.</summary>
    public const string DefaultName = ".searchcluster";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode EveryOther = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private string? _shared;

    private StateFolder(string root, string? shared = null)
    {
        Root = root;
        _shared = shared;
    }

    /// <summary>Full path.</summary>
    public string Root { get; }

    /// <summary>The folder that several coordinators share: token, key, authority, results and data lie in it. The state folder itself
    /// unless its coordinator was given another.</summary>
    /// <exception cref="StateFolderException">The note that names it cannot be read.</exception>
    public string SharedRoot => _shared ??= SharedNote.TryRead(Root) ?? Root;

    /// <summary>The authority of the cluster: its key, what it issued and revoked, and tokens for joining.</summary>
    public string AuthorityFolder => Path.Combine(SharedRoot, CertificateAuthority.FolderName);

    /// <summary>The SQLite journal.</summary>
    public string JournalFile => Path.Combine(Root, "journal.db");

    /// <summary>Held open by the one coordinator that may write here.</summary>
    public string LockFile => Path.Combine(Root, "coordinator.lock");

    /// <summary>The token of the HTTP API.</summary>
    public string TokenFile => Path.Combine(SharedRoot, "token");

    /// <summary>The key by which the processes of a cluster know each other.</summary>
    public string KeyFile => Path.Combine(SharedRoot, "cluster.key");

    /// <summary>The certificate by which this machine is known on a network, its key, and the authorities of its cluster.</summary>
    public string IdentityFolder => Path.Combine(Root, NodeIdentity.FolderName);

    /// <summary>Where the running coordinator listens.</summary>
    public string EndpointFile => Path.Combine(Root, "coordinator.json");

    /// <summary>Spans of all processes.</summary>
    public string TracesFolder => Path.Combine(Root, "traces");

    /// <summary>Logs of all processes.</summary>
    public string LogsFolder => Path.Combine(Root, "logs");

    /// <summary>Finds the folder: the option, else the environment variable, else <c>./.searchcluster</c>. Nothing is created.</summary>
    /// <param name="option">What the command line says, or null.</param>
    public static StateFolder Resolve(string? option) =>
        new(Path.GetFullPath(FirstText(option, Environment.GetEnvironmentVariable(EnvironmentVariable)) ?? DefaultName));

    /// <summary>The same state folder with a folder that several coordinators share; nothing is created or written.</summary>
    /// <param name="shared">That folder.</param>
    public StateFolder With(string shared) => new(Root, Path.GetFullPath(shared));

    /// <summary>What one worker keeps: its outbox and its incarnation.</summary>
    /// <returns>Full path; ':' is written as '%', and names that are only points are escaped, so that each worker has its own.</returns>
    public string WorkerFolder(WorkerId worker)
    {
        var name = worker.Value.Replace(':', '%');
        return Path.Combine(Root, "workers", name.All(c => c == '.') ? "%" + name : name);
    }

    /// <summary>Creates the folder if need be, readable by its owner only.</summary>
    /// <exception cref="StateFolderException">It cannot be created.</exception>
    public void Create()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Root);
                Directory.CreateDirectory(SharedRoot);
            }
            else
            {
                Directory.CreateDirectory(Root, OwnerOnly);
                Directory.CreateDirectory(SharedRoot, OwnerOnly);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException(
                $"The state folder {Root} cannot be created: "
                    + $"{(StorageTroubles.Of(refused) == StorageTrouble.DiskFull ? "its disk is full." : refused.Message)} Choose another "
                    + $"with --state or {EnvironmentVariable}.",
                refused);
        }
    }

    /// <summary>Tells whether every user of the machine may look into the folder; one that is open to a group alone is its owner's
    /// wish.</summary>
    /// <returns>Its mode in octal digits where all have rights; null where not, where it is not there, and where there are no
    /// modes.</returns>
    public string? ModeOpenToAll()
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.GetUnixFileMode(Root) is var mode && (mode & EveryOther) != 0
                ? Convert.ToString((int)mode, 8)
                : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Closes a folder that is open to every user of the machine: journal, specs and results are its owner's. One that is open to
    /// a group alone stays so.</summary>
    /// <returns>The mode before, in octal digits, when all had rights; null when nothing had to be done, or it
    /// is another user's folder.</returns>
    public string? Tighten()
    {
        if (OperatingSystem.IsWindows() || ModeOpenToAll() is not { } open)
        {
            return null;
        }

        try
        {
            File.SetUnixFileMode(Root, OwnerOnly);
            return open;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Tells whether this user may look into the folder: where not, its files look as if they were not there.</summary>
    /// <returns>True also when there is no folder.</returns>
    public bool CanBeListed()
    {
        try
        {
            _ = Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public override string ToString() => Root;

    private static string? FirstText(params ReadOnlySpan<string?> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!string.IsNullOrWhiteSpace(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

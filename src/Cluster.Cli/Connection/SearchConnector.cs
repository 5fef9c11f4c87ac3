using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Workloads;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.State.Notes;

namespace SearchCluster.Cli.Connection;

/// <summary>
/// Decides where a command's coordinator is: the URL given, else that of the cluster which the machine of the state folder has joined, else
/// the one that lives in the folder, else the folder itself, opened in this process, else none.
/// </summary>
internal sealed class SearchConnector(Func<string, string?> variable, ICoordinatorHosting hosting, TimeProvider clock) : ISearchConnector
{
    private const string UrlVariable = "SEARCHCLUSTER_COORDINATOR";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    // Time for a fail-over, and for the answer after it.
    private static readonly TimeSpan TurnsTimeout = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    // A coordinator that starts recovers its searches before it answers, and on a busy machine its first answer takes many seconds.
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(30);

    // Whoever reads has the journal as well.
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(5);

    public async Task<ISearchConnection> ConnectAsync(ConnectionRequest request, CancellationToken cancellation)
    {
        if (await FindLiveAsync(request, cancellation) is { } live)
        {
            return live;
        }

        var state = StateFolder.Resolve(request.StateFolder);
        return HasJournal(state)
            ? await hosting.OpenOfflineAsync(state, request.Workloads ?? UserWorkloads.None, cancellation)
            : throw NothingHere(state);
    }

    public async Task<ISearchConnection> ReadAsync(ConnectionRequest request, CancellationToken cancellation)
    {
        var state = StateFolder.Resolve(request.StateFolder);
        return Url(request) is { } url
            ? Connect(Parse(url), request, state, artifactFolder: null)
            : await ReadFolderAsync(request, state, cancellation) switch
            {
                HttpConnection owner => Mortal(owner, request, state),
                var journal => journal,
            };
    }

    private async Task<ISearchConnection> ReadFolderAsync(ConnectionRequest request, StateFolder state, CancellationToken cancellation) =>
        await FindReadableOwnerAsync(request, state, cancellation) ?? OpenJournal(state, notice: null);

    public Task<ISearchConnection?> FindLiveAsync(ConnectionRequest request, CancellationToken cancellation)
    {
        var state = StateFolder.Resolve(request.StateFolder);
        return Url(request) is { } url
            ? Task.FromResult<ISearchConnection?>(Connect(Parse(url), request, state, artifactFolder: null))
            : FindOwnerAsync(request, state, cancellation);
    }

    public bool HasSearches(ConnectionRequest request) => HasJournal(StateFolder.Resolve(request.StateFolder));

    public bool IsElsewhere(ConnectionRequest request) => Url(request) is not null;

    public Task<ISearchConnection> HostAsync(ConnectionRequest request, HostRequest host, CancellationToken cancellation)
    {
        var state = StateFolder.Resolve(request.StateFolder);
        MemberFolder.RequireOwn(state, "a search of its own");
        return host.NeedsJournal && !HasJournal(state)
            ? throw NothingHere(state)
            : hosting.StartAsync(state, host, request.Workloads ?? UserWorkloads.None, cancellation);
    }

    // A database holds the searches of a folder that has no file of them.
    private bool HasJournal(StateFolder state) => JournalChoice.Of(variable) is not null || Path.Exists(state.JournalFile);

    // The folder of a machine that has joined a cluster has no searches of its own.
    private string? Url(ConnectionRequest request) => (request.CoordinatorUrl ?? variable(UrlVariable)) is { Length: > 0 } url ? url
        : StateFolder.Resolve(request.StateFolder) is var state && HasJournal(state) ? null
        : JoinedCluster.TryRead(state)?.Url;

    /// <summary>Waits less long than a command that changes something, because the journal has the answer as
    /// well: null when no coordinator holds the folder.</summary>
    private async Task<ISearchConnection?> FindReadableOwnerAsync(
        ConnectionRequest request, StateFolder state, CancellationToken cancellation)
    {
        try
        {
            var (connection, answer, trouble) = await AskOwnerAsync(request, state, ReadPatience, cancellation);
            return connection is not null || answer is null ? connection : OpenJournal(state, (answer, trouble) switch
            {
                (CoordinatorAnswer.Silent, _) => NoAnswerNotice(state),
                (_, { } reason) => $"{CoordinatorLock.Describe(state)} waits: {SafeText.Of(reason)} This is what its journal says.",
                _ => $"{CoordinatorLock.Describe(state)} is starting or ending; this is what its journal says.",
            });
        }
        catch (Exception unreadable) when (unreadable is StateFolderException or CliException { ExitCode: ExitCodes.NotAllowed }
            && request.TokenFile is null)
        {
            // Another user's folder: address and token are that user's, the journal may be readable.
            return OpenJournal(state, $"The coordinator cannot be asked: {SafeText.Of(unreadable.Message)} This is what its journal says.");
        }
    }

    // Between two questions it may end, or be ended.
    private OwnerConnection Mortal(HttpConnection owner, ConnectionRequest request, StateFolder state) => new(
        owner,
        again => ReadFolderAsync(request, state, again),
        () => OpenJournal(state, CoordinatorLock.IsHeld(state) ? NoAnswerNotice(state) : null));

    private static string NoAnswerNotice(StateFolder state) =>
        $"{CoordinatorLock.Describe(state)} holds {SafeText.Of(state.Root)}, but does not answer; this is what its journal says.";

    private JournalConnection OpenJournal(StateFolder state, string? notice)
    {
        var persistence = JournalChoice.Of(variable);
        if (persistence is null && !state.CanBeListed())
        {
            throw new StateFolderException(
                $"The state folder {state.Root} cannot be read: this user may not open it. Ask its owner for the right, or name another "
                    + $"with --state DIR.");
        }

        return persistence is null && !Path.Exists(state.JournalFile) && !SqliteJournal.HasFilesOfSearches(state.JournalFile)
            ? throw NothingHere(state)
            : new JournalConnection(persistence, state, clock, notice);
    }

    private async Task<ISearchConnection?> FindOwnerAsync(ConnectionRequest request, StateFolder state, CancellationToken cancellation) =>
        await AskOwnerAsync(request, state, WritePatience, cancellation) switch
        {
            ({ } ready, _, _) => Mortal(ready, request, state),
            (null, CoordinatorAnswer.Silent, _) => throw NoAnswer(state, "it may be frozen or overloaded"),
            (null, { }, var trouble) => throw NoAnswer(
                state, trouble is null ? "it may still be recovering its searches" : "it waits. " + SafeText.Of(trouble).TrimEnd('.')),
            _ => null,
        };

    /// <summary>The lock tells the living from the dead, because a killed coordinator leaves its endpoint file behind; the answer tells the
    /// ready from the starting.</summary>
    /// <returns>A ready coordinator, or how the one that holds the folder answered last; neither when none holds it.</returns>
    private async Task<(HttpConnection? Ready, CoordinatorAnswer? Answer, string? Trouble)> AskOwnerAsync(
        ConnectionRequest request, StateFolder state, TimeSpan patience, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        using var timer = new PeriodicTimer(ProbeInterval, clock);
        while (CoordinatorLock.IsHeld(state))
        {
            var answer = CoordinatorAnswer.Absent;
            var trouble = (string?)null;
            if (CoordinatorEndpoint.TryRead(state) is { } endpoint)
            {
                var connection = Connect(Parse(endpoint.Url), request, state, ArtifactsNote.FolderOf(state));
                var left = patience - clock.GetElapsedTime(since);
                answer = await connection.AskAsync(left > ProbeInterval ? left : ProbeInterval, cancellation);
                if (answer == CoordinatorAnswer.Ready)
                {
                    return (connection, answer, null);
                }

                trouble = connection.Trouble;
                await connection.DisposeAsync();
            }

            if (answer == CoordinatorAnswer.Silent || clock.GetElapsedTime(since) > patience)
            {
                return (null, answer, trouble);
            }

            await timer.WaitForNextTickAsync(cancellation);
        }

        return (null, null, null);
    }

    private static CliException NoAnswer(StateFolder state, string guess) => new(
        ExitCodes.Unreachable,
        $"{CoordinatorLock.Describe(state)} holds the state folder {SafeText.Of(state.Root)}, but does not answer: {guess}.",
        $"look at its log in {SafeText.Of(state.LogsFolder)}, or stop it; searchcluster list and status read the journal meanwhile",
        StorageCodes.CoordinatorSilent);

    private HttpConnection Connect(
        Uri[] urls, ConnectionRequest request, StateFolder state, string? artifactFolder) => new(
        urls,
        new TokenFinder(variable).Find(request.TokenFile, state),
        state,
        urls.Length > 1 ? TurnsTimeout : RequestTimeout,
        artifactFolder,
        clock);

    // Several coordinators, one of which is active, are separated by commas.
    private static Uri[] Parse(string urls) => [.. urls.Split(',', StringSplitOptions.TrimEntries).Select(ParseOne)];

    private static Uri ParseOne(string url)
    {
        var uri = ParseAny(url);
        return uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback
            ? uri
            : throw new CliException(
                ExitCodes.WrongUsage,
                $"The coordinator is \"{SafeText.Of(url)}\", which is not on this machine, and http would send the token in the clear.",
                "write https://, or go through an SSH tunnel to a coordinator on loopback",
                CommandCodes.WrongUsage);
    }

    private static Uri ParseAny(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new CliException(
            ExitCodes.WrongUsage,
            $"The coordinator is \"{SafeText.Of(url)}\", but must be a URL.",
            "for example --coordinator http://127.0.0.1:8642",
            CommandCodes.WrongUsage);

    private static CliException NothingHere(StateFolder state) => new(
        ExitCodes.Unreachable,
        JournalNote.Describe(state.Root) is { } elsewhere
            ? $"There is no coordinator. {SafeText.Of(elsewhere)}"
            : $"There is no coordinator, and {SafeText.Of(state.Root)} holds no searches.",
        "start a search with: searchcluster run SPEC   or name the place with --state DIR or --coordinator URL",
        ProblemCodes.NoCoordinator);
}

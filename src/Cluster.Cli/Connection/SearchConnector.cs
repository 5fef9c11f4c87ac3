using SearchCluster.Cli.Application;
using SearchCluster.Cli.Output;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Connection;

/// <summary>
/// Decides where a command's coordinator is: the URL given, else the one that lives in the state folder, else the state folder itself,
/// opened in this process, else none.
/// </summary>
internal sealed class SearchConnector(Func<string, string?> variable, ICoordinatorHosting hosting, TimeProvider clock) : ISearchConnector
{
    private const string UrlVariable = "SEARCHCLUSTER_COORDINATOR";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    // A coordinator that starts recovers its searches before it answers.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    public async Task<ISearchConnection> ConnectAsync(ConnectionRequest request, CancellationToken cancellation)
    {
        if (await FindLiveAsync(request, cancellation) is { } live)
        {
            return live;
        }

        var state = StateFolder.Resolve(request.StateFolder);
        return File.Exists(state.JournalFile)
            ? await hosting.OpenOfflineAsync(state, request.Workloads ?? UserWorkloads.None, cancellation)
            : throw NothingHere(state);
    }

    public Task<ISearchConnection?> FindLiveAsync(ConnectionRequest request, CancellationToken cancellation)
    {
        var state = StateFolder.Resolve(request.StateFolder);
        return (request.CoordinatorUrl ?? variable(UrlVariable)) is { Length: > 0 } url
            ? Task.FromResult<ISearchConnection?>(Connect(Parse(url), request, state, artifactFolder: null))
            : FindOwnerAsync(request, state, cancellation);
    }

    public bool HasSearches(ConnectionRequest request) => File.Exists(StateFolder.Resolve(request.StateFolder).JournalFile);

    public Task<ISearchConnection> HostAsync(ConnectionRequest request, HostRequest host, CancellationToken cancellation)
    {
        var state = StateFolder.Resolve(request.StateFolder);
        return host.NeedsJournal && !File.Exists(state.JournalFile) ? throw NothingHere(state) : hosting.StartAsync(state, host, request.Workloads ?? UserWorkloads.None, cancellation);
    }

    /// <summary>The lock tells the living from the dead, because a killed coordinator leaves its endpoint file behind; the probe tells the ready from the starting.</summary>
    private async Task<ISearchConnection?> FindOwnerAsync(ConnectionRequest request, StateFolder state, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        using var timer = new PeriodicTimer(ProbeInterval, clock);
        while (CoordinatorLock.IsHeld(state))
        {
            if (CoordinatorEndpoint.TryRead(state) is { } endpoint)
            {
                var connection = Connect(Parse(endpoint.Url), request, state, state.Root);
                if (await connection.IsReadyAsync(cancellation))
                {
                    return connection;
                }

                await connection.DisposeAsync();
            }

            if (clock.GetElapsedTime(since) > StartLimit)
            {
                throw new CliException(
                    ExitCodes.Unreachable,
                    $"A coordinator holds the state folder {SafeText.Of(state.Root)}, but does not answer.",
                    $"look at its log in {SafeText.Of(state.LogsFolder)}, or stop it",
                    Client.ApiProblems.NotReachable);
            }

            await timer.WaitForNextTickAsync(cancellation);
        }

        return null;
    }

    private HttpConnection Connect(Uri url, ConnectionRequest request, StateFolder state, string? artifactFolder) =>
        new(url, new TokenFinder(variable).Find(request.TokenFile, state), RequestTimeout, artifactFolder);

    private static Uri Parse(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new CliException(ExitCodes.WrongUsage, $"The coordinator is \"{SafeText.Of(url)}\", but must be a URL.", "for example --coordinator http://127.0.0.1:8642", "SC0002");

    private static CliException NothingHere(StateFolder state) => new(
        ExitCodes.Unreachable,
        $"There is no coordinator, and {SafeText.Of(state.Root)} holds no searches.",
        "start a search with: searchcluster run SPEC   or name the place with --state DIR or --coordinator URL",
        "SC5002");
}

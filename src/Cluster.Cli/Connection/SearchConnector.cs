using SearchCluster.Cli.Application;
using SearchCluster.Cli.Output;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Connection;

/// <summary>
/// Decides where a command's coordinator is: the URL given, else the one that lives in the state folder, else the state folder itself,
/// opened in this process, else none.
/// </summary>
internal sealed class SearchConnector(Func<string, string?> variable, ICoordinatorHosting hosting) : ISearchConnector
{
    private const string UrlVariable = "SEARCHCLUSTER_COORDINATOR";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    public async Task<ISearchConnection> ConnectAsync(ConnectionRequest request, CancellationToken cancellation)
    {
        if (await FindLiveAsync(request, cancellation) is { } live)
        {
            return live;
        }

        var state = StateFolder.Resolve(request.StateFolder);
        return File.Exists(state.JournalFile)
            ? await hosting.OpenOfflineAsync(state, cancellation)
            : throw NothingHere(state);
    }

    public Task<ISearchConnection?> FindLiveAsync(ConnectionRequest request, CancellationToken cancellation)
    {
        var state = StateFolder.Resolve(request.StateFolder);
        if ((request.CoordinatorUrl ?? variable(UrlVariable)) is { Length: > 0 } url)
        {
            return Task.FromResult<ISearchConnection?>(Connect(Parse(url), request, state, artifactFolder: null));
        }

        // The lock tells the living from the dead: a killed coordinator leaves its endpoint file behind.
        return Task.FromResult<ISearchConnection?>(CoordinatorLock.IsHeld(state) && CoordinatorEndpoint.TryRead(state) is { } endpoint
            ? Connect(Parse(endpoint.Url), request, state, state.Root)
            : null);
    }

    public Task<ISearchConnection> HostAsync(ConnectionRequest request, HostRequest host, CancellationToken cancellation)
    {
        var state = StateFolder.Resolve(request.StateFolder);
        return host.NeedsJournal && !File.Exists(state.JournalFile) ? throw NothingHere(state) : hosting.StartAsync(state, host, cancellation);
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

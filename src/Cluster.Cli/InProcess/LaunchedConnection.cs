using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.State.Notes;
using SearchCluster.Launch;
using SearchCluster.Launch.State;
using SearchCluster.Launch.Supervision;
using Serilog.Core;

namespace SearchCluster.Cli.InProcess;

/// <summary>A coordinator and its workers in processes of their own that live as long as this connection; disposing ends them in
/// order.</summary>
/// <remarks>It is a launch like any other: <c>nodes</c> and <c>logs</c> show it. What dies is started again, and whoever reads waits for
/// the coordinator that comes back.</remarks>
internal sealed class LaunchedConnection : ISearchConnection
{
    private const string ServiceName = "launch";

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly StateFolder _state;
    private readonly TimeProvider _clock;
    private readonly LaunchLock _held;
    private readonly Logger _log;
    private readonly LaunchTroubles _troubles;
    private readonly CancellationTokenSource _end = new();
    private readonly Launcher _launcher;
    private readonly LaunchRecord _record;
    private Task _run = Task.CompletedTask;
    private OwnerSearchService? _service;
    private SearchId? _awake;

    private LaunchedConnection(StateFolder state, LaunchRequest request, LaunchPlan plan, TimeProvider clock)
    {
        (_state, _clock) = (state, clock);
        _held = LaunchProcess.Hold(state);
        _log = LoggingExtensions.CreateLogger(
            new LoggingOptions { ServiceName = ServiceName, StateFolder = state, Console = ConsoleLog.Off });
        _troubles = new(_log, plan);
        _record = new(state, LaunchProcess.Describe(request.Node, plan, clock.GetUtcNow()), _troubles, _troubles.Add);
        _launcher = new(plan, _record, clock);
    }

    public ISearchService Service => _service!;

    public ConnectionKind Kind => ConnectionKind.Hosted;

    public string Place => _service!.Reader.Place;

    public string? ArtifactFolder => ArtifactsNote.FolderOf(_state);

    public IReadOnlyList<string> Troubles => _troubles.All;

    public CliException? Failure => _troubles.Failure;

    /// <summary>Starts the processes.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="variable">The environment.</param>
    /// <param name="clock">Measures waits.</param>
    /// <param name="cancellation">Ends them again.</param>
    /// <exception cref="CliException">There is no such GPU, or another launch has the folder.</exception>
    /// <exception cref="LaunchException">The coordinator, or every worker, did not start.</exception>
    public static async Task<ISearchConnection> StartAsync(
        LaunchRequest request, Func<string, string?> variable, TimeProvider clock, CancellationToken cancellation)
    {
        var plan = LaunchPlanning.Make(request, GpuChoice.Visible(variable));
        var connection = new LaunchedConnection(request.State, request, plan, clock);
        try
        {
            await connection.BeginAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public void KeepAwake(SearchId search) => _awake = search;

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        await _end.CancelAsync();

        // Why it failed was told where it was waited for.
        await Task.WhenAny(_run);
        LaunchFile.Delete(_state);
        await _log.DisposeAsync();
        _held.Dispose();
        _end.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        _run = _launcher.RunAsync(_end.Token, CancellationToken.None);
        await Task.WhenAny(_launcher.Ready.WaitAsync(cancellation), _run);
        cancellation.ThrowIfCancellationRequested();
        if (!_launcher.Ready.IsCompletedSuccessfully)
        {
            await _run;
            throw Ended();
        }

        var ready = await _launcher.Ready;
        _record.Ready(ready);
        _service = new(Connect(ready.Url), NextAsync, openJournal: null);
    }

    // The coordinator is down, and comes back under an address of its own.
    private async Task<ISearchConnection> NextAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ProbeInterval, _clock);
        while (true)
        {
            if (_run.IsCompleted)
            {
                await _run;
                throw (Exception?)Failure ?? Ended();
            }

            if (CoordinatorLock.IsHeld(_state) && CoordinatorEndpoint.TryRead(_state) is { } endpoint)
            {
                var connection = Connect(endpoint.Url);
                if (await connection.AskAsync(Patience, cancellation) == CoordinatorAnswer.Ready
                    && await WakeAsync(connection.Service, cancellation))
                {
                    return connection;
                }

                await connection.DisposeAsync();
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Wakes the search: a coordinator that starts leaves all of them asleep. One that somebody paused or stopped stays
    /// so.</summary>
    /// <returns>False where the coordinator is gone again, or takes nothing yet.</returns>
    private async Task<bool> WakeAsync(ISearchService service, CancellationToken cancellation)
    {
        try
        {
            if (_awake is { } search
                && (await service.GetAsync(search, cancellation)).Summary.State is SearchLifecycle.Running or SearchLifecycle.Finishing)
            {
                await service.ResumeAsync(search, new ResumeRequest(), cancellation);
            }

            return true;
        }
        catch (SearchServiceException gone) when (gone.Problem.Code is
            ProblemCodes.NotReachable or ProblemCodes.NotReady or ProblemCodes.JournalUnavailable)
        {
            return false;
        }
        catch (SearchServiceException over) when (over.Problem.Code == ProblemCodes.WrongState)
        {
            // It ended between the look and the call: the loss of its workers was the last that it waited for.
            return true;
        }
    }

    private static LaunchException Ended() => new LaunchException("The coordinator and the workers of this run have ended.");

    // Its token lies in the folder; one of another coordinator, which the environment may name, does not count here.
    private HttpConnection Connect(string url)
    {
        var address = new Uri(url);
        var token = new TokenFinder(_ => null).Find(null, _state);
        return new([address], token, _state, RequestTimeout, ArtifactFolder, _clock);
    }
}

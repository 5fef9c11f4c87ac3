using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Keeps this process connected: whenever a session ends or hears nothing, the next
/// one is built. Attempts never notice.</summary>
internal sealed class ClusterConnection(
    AttemptHost host,
    WorkerExit exit,
    WorkerReadiness readiness,
    WorkerArtifacts artifacts,
    WorkerOptions options,
    ILoggerFactory loggers)
    : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AbandonLimit = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = loggers.CreateLogger<ClusterConnection>();
    private readonly Backoff _backoff = new(options.Timings.ReconnectAfter, options.Timings.ReconnectLimit);

    private string? _saidConnecting;

    // Where coordinators are tried in turn, one round is told, and not each of the many until one takes over.
    private bool _saidUnanswered;

    private KeyValuePair<string, object?> WorkerTag => new(SearchClusterMetrics.WorkerTag, host.Worker.WorkerId.Value);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var coordinator = new CoordinatorAddress(options, _logger);
        var keys = new KeyWatch(options, exit, _logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (coordinator.TryFind() is { } address)
            {
                var wasWelcomed = keys.TryLoad(address) is { } credentials
                    && await RunSessionAsync(coordinator, address, credentials, keys, stoppingToken);
                coordinator.Failed(wasWelcomed);
                if (wasWelcomed)
                {
                    _backoff.Reset();
                }
            }

            if (coordinator.IsRoundOver)
            {
                await WaitAsync(Pause(coordinator), stoppingToken);
            }
        }

        await LeaveInOrderAsync();
    }

    // Where there are several, one of them takes over within seconds, and is to be found soon.
    private TimeSpan Pause(CoordinatorAddress coordinator)
    {
        var next = _backoff.Next();
        return coordinator.HasSeveral && next > options.Timings.TurnLimit / 2 ? options.Timings.TurnLimit / 2 : next;
    }

    /// <summary>Lives through one session.</summary>
    /// <returns>True when the coordinator answered in it.</returns>
    private async Task<bool> RunSessionAsync(
        CoordinatorAddress coordinator, string address, Credentials credentials, KeyWatch keys, CancellationToken stopping)
    {
        if (_saidConnecting != address && !_saidUnanswered)
        {
            _saidConnecting = address;
            Log.Connecting(_logger, address);
        }

        var health = new SessionHealth(exit, keys, artifacts, coordinator, options.Timings, options.Clock);
        using var session = await ClusterSession.TryStartAsync(address, credentials, host, health, options, loggers);
        if (session is null)
        {
            Log.ConnectionFailed(_logger, address);
            return false;
        }

        var problem = await WatchAsync(session, coordinator, address, stopping);
        if (problem is null && health.WasWelcomed)
        {
            await session.LeaveAsync(CancellationToken.None);
        }
        else
        {
            await AbandonAsync(session, address, problem, isTold: health.IsForeign || (health.IsUnanswered && _saidUnanswered));
            _saidUnanswered = health.IsUnanswered || (_saidUnanswered && !health.WasWelcomed);
        }

        return health.WasWelcomed;
    }

    /// <summary>Waits for the end of a session.</summary>
    /// <returns>Why it must be replaced; null when the process stops.</returns>
    private async Task<string?> WatchAsync(
        ClusterSession session, CoordinatorAddress coordinator, string address, CancellationToken stopping)
    {
        var saidConnected = false;
        while (!stopping.IsCancellationRequested)
        {
            if (session.Terminated.IsCompleted)
            {
                return "its actor system has ended";
            }

            if (session.Health.Problem() is { } problem)
            {
                return problem;
            }

            if (coordinator.HasSuccessor())
            {
                return "another coordinator has taken its place";
            }

            if (!saidConnected && session.Health.WasWelcomed)
            {
                (saidConnected, _saidConnecting, _saidUnanswered) = (true, null, false);
                Log.Connected(_logger, address);
                readiness.Connected(address);
            }

            await WaitAsync(CheckInterval, stopping);
        }

        return null;
    }

    private async Task AbandonAsync(ClusterSession session, string address, string? problem, bool isTold)
    {
        if (problem is not null)
        {
            if (!isTold)
            {
                var trials = host.Held.Count;
                var words = trials == 0
                    ? "no trial runs here"
                    : trials == 1 ? "the running trial goes on" : $"{trials} running trials go on";
                Log.ConnectionLost(_logger, address, problem, words);
            }

            SearchClusterMetrics.WorkerReconnects.Add(1, WorkerTag);
        }

        try
        {
            await session.AbandonAsync().WaitAsync(AbandonLimit);
        }
        catch (TimeoutException)
        {
            Log.ConnectionLeftBehind(_logger, Durations.Of(AbandonLimit));
        }
    }

    // Also without a connection: checkpoints are written, results stay in the outbox.
    private async Task LeaveInOrderAsync()
    {
        host.BeginShutdown();
        await Task.WhenAny(host.Stopped, WaitAsync(options.Timings.LeaveLimit, CancellationToken.None));
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(time, options.Clock, stopping);
        }
        catch (OperationCanceledException)
        {
            // The process stops; the caller looks at the token.
        }
    }
}

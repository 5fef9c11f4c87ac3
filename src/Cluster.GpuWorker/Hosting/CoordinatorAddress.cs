using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Finds the coordinator anew for each connection: one that restarted on another port, or that took over from another one. The
/// addresses that were given, or the one in the state folder, and those of standbys that a coordinator told are tried in turn.
/// Thread-safe.</summary>
internal sealed class CoordinatorAddress(WorkerOptions options, ILogger logger)
{
    // A coordinator tells few; what it told long ago goes first.
    private const int MostLearned = 16;

    private readonly Lock _gate = new();
    private readonly List<string> _learned = [];
    private CoordinatorEndpoint? _found;
    private int _turn;
    private int _failures;
    private bool _saidMissing;

    /// <summary>True where another address is to be tried when this one does not answer.</summary>
    public bool HasSeveral => Candidates().Count > 1;

    /// <summary>True when every address failed since the last welcome, or since this was so last: the next one waits.</summary>
    public bool IsRoundOver
    {
        get
        {
            lock (_gate)
            {
                return _failures % Math.Max(1, Candidates().Count) == 0;
            }
        }
    }

    /// <summary>How long to wait for the first welcome at an address: less where there are others, and more with each round in which nobody
    /// answered, for a machine that is slow.</summary>
    public TimeSpan FirstWelcomeLimit
    {
        get
        {
            lock (_gate)
            {
                var several = Candidates().Count;
                var turns = options.Timings.TurnLimit * (1 + (_failures / Math.Max(1, several)));
                return several > 1 && turns < options.Timings.FirstWelcomeLimit ? turns : options.Timings.FirstWelcomeLimit;
            }
        }
    }

    /// <summary>Looks it up.</summary>
    /// <returns><c>host:port</c>, or null when it is not known yet.</returns>
    public string? TryFind()
    {
        if (options.Coordinator is null)
        {
            var now = TryRead();
            lock (_gate)
            {
                // Who has the folder now is asked first.
                (_found, _turn) = (now, now == _found ? _turn : 0);
            }
        }

        lock (_gate)
        {
            var candidates = Candidates();
            return candidates.Count == 0 ? null : candidates[_turn % candidates.Count];
        }
    }

    /// <summary>The last address did not answer, or does so no more: the next one is tried.</summary>
    /// <param name="wasWelcomed">True where it had answered.</param>
    public void Failed(bool wasWelcomed)
    {
        lock (_gate)
        {
            _turn++;
            _failures = wasWelcomed ? 1 : _failures + 1;
        }
    }

    /// <summary>A coordinator told which others stand by.</summary>
    /// <param name="standbys">Each <c>host:port</c>; null for none.</param>
    public void Learn(ValueArray<string>? standbys)
    {
        lock (_gate)
        {
            var current = Candidates() is { Count: > 0 } all ? all[_turn % all.Count] : null;
            foreach (var standby in standbys ?? [])
            {
                _learned.Remove(standby);
                if (WorkerOptionsRules.TryReadAddress(standby, out _, out _))
                {
                    _learned.Add(standby);
                }
            }

            _learned.RemoveRange(0, Math.Max(0, _learned.Count - MostLearned));
            _turn = current is null ? 0 : Math.Max(0, Candidates().IndexOf(current));
        }
    }

    /// <summary>Tells whether another coordinator process has taken the place of the one found last: waiting
    /// for an answer of that one is no use.</summary>
    /// <returns>False as long as the state folder does not name another one, and where it is not used.</returns>
    public bool HasSuccessor() => options.Coordinator is null && _found is { } before && TryRead() is { } now && now != before;

    private List<string> Candidates()
    {
        lock (_gate)
        {
            var known = options.Coordinator is { } given ? WorkerOptionsRules.Addresses(given)
                : _found?.ClusterAddress is { } found ? [found]
                : [];
            return [.. known.Concat(_learned).Distinct(StringComparer.Ordinal)];
        }
    }

    private CoordinatorEndpoint? TryRead()
    {
        try
        {
            if (CoordinatorEndpoint.TryRead(options.StateFolder) is { ClusterAddress: not null } endpoint)
            {
                _saidMissing = false;
                return endpoint;
            }

            if (!_saidMissing)
            {
                _saidMissing = true;
                Log.NoCoordinatorAddress(logger, options.StateFolder.EndpointFile);
            }
        }
        catch (StateFolderException unreadable)
        {
            Log.CoordinatorAddressUnreadable(logger, unreadable.Message);
        }

        return null;
    }
}

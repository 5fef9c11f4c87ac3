using SearchCluster.Contracts.Api;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Which workers told that they do not have the data of a search. They get nothing of it for a while; where nobody else can have
/// them, the search is misconfigured.</summary>
/// <remarks>Kept in memory only: a coordinator that is started anew asks each of them once more.</remarks>
/// <param name="clock">Measures how long they are passed over.</param>
internal sealed class LackedData(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<WorkerId, Lack> _lacks = new(Comparer<WorkerId>.Create(
        (one, other) => string.CompareOrdinal(one.Value, other.Value)));
    private ValueArray<WorkerDescription> _workers = [];

    /// <summary>Workers that are passed over now; null for none.</summary>
    public ValueArray<WorkerId>? Now =>
        _lacks.Where(lack => clock.GetElapsedTime(lack.Value.Since) < Pause).Select(lack => lack.Key).ToValueArray() is { Count: > 0 } now
            ? now
            : null;

    /// <summary>Who lacks the data, for people; null for nobody.</summary>
    public ValueArray<WorkerLack>? View => _lacks.Count == 0
        ? null
        : _lacks.Select(lack => new WorkerLack(lack.Key, lack.Value.Message, lack.Value.At)).ToValueArray();

    /// <summary>Notes which workers take work; a new process may have what an older one had not.</summary>
    /// <param name="workers">All of them.</param>
    public void Connected(ValueArray<WorkerDescription> workers)
    {
        _workers = workers;
        foreach (var worker in _lacks
            .Where(lack => !workers.Any(one => one.WorkerId == lack.Key && one.Incarnation == lack.Value.Incarnation))
            .Select(lack => lack.Key)
            .ToList())
        {
            _lacks.Remove(worker);
        }
    }

    /// <summary>Notes what a report tells of the data.</summary>
    /// <param name="command">Any command.</param>
    /// <param name="state">The written state.</param>
    /// <returns>The command; a failure for want of data that no worker has is one of the configuration.</returns>
    public ISearchCommand Judge(ISearchCommand command, SearchState? state)
    {
        if (state is null)
        {
            return command;
        }

        switch (command)
        {
            case SearchCommands.ReportMeasurement report when _lacks.Count > 0 && LeaseOf(report.Lease, state) is { } lease:
                _lacks.Remove(lease.WorkerId);
                return command;
            case SearchCommands.ReportOutcome { Outcome: AttemptFailed { Failure: { Kind: TrialFailureKind.DataMissing } failure } } report
                when LeaseOf(report.Lease, state) is { } lease:
                _lacks[lease.WorkerId] = new(lease.Incarnation, failure.Message, clock.GetTimestamp(), clock.GetUtcNow());
                return MayHaveThem(state)
                    ? command
                    : report with { Outcome = new AttemptFailed(failure with { Kind = TrialFailureKind.Misconfigured }) };
            default:
                return command;
        }
    }

    private static LeaseRecord? LeaseOf(LeaseKey key, SearchState state) =>
        state.Leases.GetValueOrDefault(key.Fence) is { } lease && lease.Key == key ? lease : null;

    // Who trained on them has them, and may only be away for a while.
    private bool MayHaveThem(SearchState state)
    {
        var demand = state.WorkDemand();
        return _workers.Any(worker => demand.Fits(worker) && !_lacks.ContainsKey(worker.WorkerId))
            || state.Trials.Any(trial => trial.Curve.Count > 0 && trial.WorkerId is { } worker && !_lacks.ContainsKey(worker));
    }

    private sealed record Lack(string Incarnation, string Message, long Since, DateTimeOffset At);
}

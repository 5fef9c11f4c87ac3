using System.Collections.Concurrent;
using System.Threading.Channels;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Storage;
using SearchCluster.Search.Decisions.Keeping;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Service;

/// <summary>Removes the files that keep policies of searches do not keep, behind the journal.</summary>
/// <remarks>
/// What may go follows from a written state alone and is decided anew before each file, so that a process that dies in between leaves more
/// files than needed and never fewer: the next change of the search goes on. A store that is out of reach is tried again.
/// </remarks>
/// <param name="store">The artifacts.</param>
/// <param name="clock">Waits for a store that is out of reach.</param>
/// <param name="log">Told what was removed.</param>
internal sealed partial class ArtifactKeeper(IServedStore store, TimeProvider clock, ILogger<ArtifactKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Channel<SearchId> _changed = Channel.CreateUnbounded<SearchId>();
    private readonly ConcurrentDictionary<SearchId, SearchState> _states = new();
    private readonly ConcurrentDictionary<SearchId, (SearchId From, int Trial)> _starts = new();
    private readonly Dictionary<SearchId, Removed> _removed = [];

    /// <summary>Notes a written state; called by the search's actor after each change.</summary>
    public void Follow(SearchState state)
    {
        if (state.IsOver || state.Spec.Workload.Pretrained is not { From: { } from, Trial: { } trial })
        {
            _starts.TryRemove(state.SearchId, out _);
        }
        else
        {
            _starts[state.SearchId] = (from, trial.Number);
        }

        if (state.Spec.Checkpoint is not { HasPolicy: true })
        {
            return;
        }

        var before = _states.GetValueOrDefault(state.SearchId);
        _states[state.SearchId] = state;
        if (before is null || before.FinishOrder.Count != state.FinishOrder.Count || before.IsOver != state.IsOver)
        {
            _changed.Writer.TryWrite(state.SearchId);
        }
    }

    /// <summary>A search was deleted: nothing of it is removed any more, which another one of its name may have.</summary>
    public void Forget(SearchId search)
    {
        _states.TryRemove(search, out _);
        _starts.TryRemove(search, out _);
    }

    /// <summary>Removes what may go of one search.</summary>
    /// <param name="search">Its name; one that is not followed has nothing to remove.</param>
    /// <param name="cancellation">Ends after the file at hand.</param>
    /// <exception cref="StorageTroubleException">The store is out of reach.</exception>
    internal async Task KeepAsync(SearchId search, CancellationToken cancellation)
    {
        if (!_states.TryGetValue(search, out var state))
        {
            _removed.Remove(search);
            return;
        }

        var removed = _removed.GetValueOrDefault(search);
        if (removed is null || removed.SubmittedAt != state.SubmittedAt || state.FinishOrder.Count < removed.Finished)
        {
            // Submitted anew, or started over: its trials are others.
            _removed[search] = removed = new(state.SubmittedAt, [], []);
        }

        removed.Finished = state.FinishOrder.Count;
        var count = await RemoveAsync(search, removed.Checkpoints, plan => plan.Checkpoints, [ArtifactPaths.Checkpoint], cancellation)
            + await RemoveAsync(
                search, removed.Models, plan => plan.Models, [ArtifactPaths.Model, ArtifactPaths.Predictions], cancellation);
        if (count > 0)
        {
            LogRemoved(log, search, Counted.Of(count, "trial"));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var search in _changed.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await KeepAsync(search, stoppingToken);
                }
                catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArtifactException)
                {
                    LogLater(log, search, trouble.Message);
                    await Task.Delay(Again, clock, stoppingToken);
                    _changed.Writer.TryWrite(search);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    private async Task<int> RemoveAsync(
        SearchId search,
        HashSet<int> done,
        Func<DispensableArtifacts, IEnumerable<int>> which,
        Func<SearchId, TrialId, string>[] paths,
        CancellationToken cancellation)
    {
        var count = 0;
        while (_states.TryGetValue(search, out var state))
        {
            var rest = which(KeptArtifacts.Plan(state, NamedElsewhere(search))).Except(done).ToList();
            foreach (var number in rest)
            {
                if (!_states.TryGetValue(search, out var now) || now != state)
                {
                    break;
                }

                foreach (var path in paths)
                {
                    await store.DeleteAsync(path(search, new(number)), cancellation);
                }

                done.Add(number);
                count++;
            }

            if (rest.All(done.Contains))
            {
                break;
            }
        }

        return count;
    }

    private HashSet<int> NamedElsewhere(SearchId search) =>
        [.. _starts.Values.Where(start => start.From == search).Select(start => start.Trial)];

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "Search {Search}: files of {Trials} were removed, as its spec does not keep them")]
    private static partial void LogRemoved(ILogger logger, SearchId search, string trials);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "Search {Search}: files that its spec does not keep could not be removed and are tried again: {Reason}")]
    private static partial void LogLater(ILogger logger, SearchId search, string reason);

    private sealed record Removed(DateTimeOffset SubmittedAt, HashSet<int> Checkpoints, HashSet<int> Models)
    {
        public int Finished { get; set; }
    }
}

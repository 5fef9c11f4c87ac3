using SearchCluster.Contracts.Telemetry;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Counts configurations that were ready before a slot wanted one, and those that a free slot had to wait for.</summary>
internal sealed class PrefetchWatch(SearchId search)
{
    private int? _suggested;
    private int _waitingSlots;

    /// <summary>Looks at a written state.</summary>
    /// <param name="state">Compared with the one before.</param>
    /// <param name="slots">Slots of all workers.</param>
    public void Observe(SearchState state, int slots)
    {
        var fresh = state.Trials.Count - (_suggested ?? state.Trials.Count);
        if (fresh > 0)
        {
            var late = Math.Min(fresh, _waitingSlots);
            Count(late, isReady: false);
            Count(fresh - late, isReady: true);
        }

        _suggested = state.Trials.Count;
        _waitingSlots = state.SuggestionsWanted(int.MaxValue).Count == 0
            ? 0
            : Math.Max(0, Math.Min(slots, state.Concurrency ?? slots) - state.Counts.Running - state.Waiting.Count);
    }

    private void Count(int suggestions, bool isReady)
    {
        if (suggestions > 0)
        {
            SearchClusterMetrics.Suggestions.Add(
                suggestions,
                new KeyValuePair<string, object?>(SearchClusterMetrics.SearchTag, search.Value),
                new KeyValuePair<string, object?>(SearchClusterMetrics.ReadyTag, isReady));
        }
    }
}

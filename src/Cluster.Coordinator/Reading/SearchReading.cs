using SearchCluster.Contracts.Api;
using SearchCluster.Search.State;
using SearchCluster.Search.View;

namespace SearchCluster.Coordinator.Reading;

/// <summary>A search as its journal tells it.</summary>
/// <param name="SearchId">Its name.</param>
/// <param name="State">Its state; null when nothing can be read, or it was registered but never submitted.</param>
/// <param name="LastEvent">Number of the last event that went into the state.</param>
/// <param name="Damage">What ended the reading; null when it came to the end.</param>
/// <param name="Snapshot">Number of the snapshot that it starts from, the newest that can be read; 0 for none.</param>
public sealed record SearchReading(SearchId SearchId, SearchState? State, long LastEvent, SearchDamage? Damage, long Snapshot)
{
    /// <summary>The line of the list.</summary>
    /// <returns>Null when there is no state.</returns>
    public SearchSummary? Summary() => State is null ? null : Marked(SearchProjection.Summary(State));

    /// <summary>Everything but the trials, at the time of the last event: nothing is known of the time since.</summary>
    /// <returns>Null when there is no state.</returns>
    public SearchDetail? Detail() => State is null ? null : SearchProjection.Detail(State, State.Clock.LastEventAt) switch
    {
        var detail when Damage is null => detail,
        var detail => InterruptedView.Idle(detail) with { Summary = Marked(detail.Summary), Damage = Damage },
    };

    /// <summary>Some of its trials.</summary>
    /// <param name="query">Which.</param>
    /// <returns>Null when there is no state.</returns>
    public TrialPage? Trials(SearchQueries.GetTrials query) => State is null ? null : SearchProjection.Trials(State, query) switch
    {
        var page when Damage is null => page,
        var page => InterruptedView.Idle(page),
    };

    // What is damaged stands still, whatever ran when it was written.
    private SearchSummary Marked(SearchSummary summary) =>
        Damage is null ? summary : InterruptedView.Idle(summary) with { State = SearchLifecycle.Damaged };
}

namespace SearchCluster.Search.State.Evolution;

/// <summary>Applies events to the state of a search.</summary>
/// <remarks>Total and pure: every event of every release is applied without a clock, random numbers or a check
/// that could refuse it.</remarks>
public static class SearchEvolver
{
    /// <summary>Applies one event.</summary>
    /// <param name="state">The state before it; null before the first event.</param>
    /// <param name="searchEvent">The next one of the journal.</param>
    /// <returns>The state after it.</returns>
    /// <exception cref="UnknownEventException">The event is of a kind that this version does not know.</exception>
    /// <exception cref="InvalidOperationException">The first event is not
    /// <see cref="SearchEvents.SearchSubmitted"/>, or a later one is.</exception>
    public static SearchState Apply(SearchState? state, ISearchEvent searchEvent)
    {
        if (searchEvent is SearchEvents.SearchSubmitted submitted)
        {
            return state is null
                ? LifecycleEvolution.Submitted(submitted)
                : throw new InvalidOperationException(
                    $"The journal of search '{state.SearchId}' holds a second submission; it is damaged.");
        }

        var next = Change(
            state ?? throw new InvalidOperationException(
                $"The journal of search '{searchEvent.SearchId}' starts with {searchEvent.GetType().Name}; it is damaged."),
            searchEvent);
        return next with { Revision = next.Revision + 1, Clock = next.Clock with { LastEventAt = searchEvent.At } };
    }

    private static SearchState Change(SearchState state, ISearchEvent searchEvent) => searchEvent switch
    {
        SearchEvents.SearchRestarted e => LifecycleEvolution.Restarted(state, e),
        SearchEvents.SearchRetried e => LifecycleEvolution.Retried(state, e),
        SearchEvents.DataMoved e => LifecycleEvolution.DataMoved(state, e),
        SearchEvents.SearchRecovered e => state with { Clock = state.Clock.Recover(e.At) },
        SearchEvents.TrialSuggested e => TrialEvolution.Suggested(state, e),
        SearchEvents.SpaceNarrowed e => state with { Narrowings = state.Narrowings.Add(e.Narrowing) },
        SearchEvents.SpaceExhausted e => state with { Exhausted = e.Explanation },
        SearchEvents.AttemptStarted { Item.MemberNumber: not null } e => MemberEvolution.Started(state, e),
        SearchEvents.AttemptStarted { Item.TrialId: null } e => EnsembleEvolution.Started(state, e),
        SearchEvents.AttemptStarted e => TrialEvolution.Started(state, e),
        SearchEvents.MeasurementReported e => TrialEvolution.Measured(state, e),
        SearchEvents.MeasurementIgnored e => TrialEvolution.Ignored(state, e),
        SearchEvents.WarningReported e => WarningEvolution.Reported(state, e),
        SearchEvents.AttemptEnded { Item.MemberNumber: not null } e => MemberEvolution.Ended(state, e),
        SearchEvents.AttemptEnded { Item.TrialId: null } e => EnsembleEvolution.Ended(state, e),
        SearchEvents.AttemptEnded e => TrialEvolution.Ended(state, e),
        SearchEvents.TrialFinished e => TrialEvolution.Finished(state, e),
        SearchEvents.TrialPromoted e => TrialEvolution.Promoted(state, e),
        SearchEvents.EnsembleMemberFinished e => MemberEvolution.Finished(state, e),
        SearchEvents.EnsembleBuilt e => EnsembleEvolution.Built(state, e),
        SearchEvents.EnsembleFailed e => EnsembleEvolution.Failed(state, e),
        SearchEvents.SearchPaused e => state with { Lifecycle = SearchLifecycle.Paused, Clock = state.Clock.Halt(e.At) },
        SearchEvents.SearchResumed e => state with { Lifecycle = SearchLifecycle.Running, Clock = state.Clock.Run(e.At) },
        SearchEvents.SearchExtended e => LifecycleEvolution.Extended(state, e),
        SearchEvents.SearchPrioritised e => state with { Priority = e.Priority },
        SearchEvents.SearchStopping e => LifecycleEvolution.Stopping(state, e),
        SearchEvents.SearchCompleted e => LifecycleEvolution.Completed(state, e),
        _ => throw new UnknownEventException(searchEvent),
    };
}

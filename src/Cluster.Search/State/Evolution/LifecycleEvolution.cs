using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.State.Evolution;

/// <summary>What the events of the search as a whole change.</summary>
internal static class LifecycleEvolution
{
    public static SearchState Submitted(SearchEvents.SearchSubmitted e) => new(e.Spec, e.SpecText, e.TraceParent, e.At)
    {
        Written = e.Written ?? WrittenSpec.Recovered(e.Spec),
        LastFence = e.FenceBase ?? 0,
        Revision = 1,
    };

    /// <summary>All begins again but the fences, so that whoever holds a lease of before is still told from whoever gets one now.</summary>
    public static SearchState Restarted(SearchState state, SearchEvents.SearchRestarted e) => new(e.Spec, e.SpecText, e.TraceParent, e.At)
    {
        Written = e.Written ?? WrittenSpec.Recovered(e.Spec),
        LastFence = state.LastFence,
        Revision = state.Revision,
    };

    public static SearchState Retried(SearchState state, SearchEvents.SearchRetried e)
    {
        foreach (var trial in state.Trials
            .Where(trial => trial is { State: TrialState.Failed, Failure.Kind: TrialFailureKind.Misconfigured })
            .ToList())
        {
            state = TrialIndex.Replace(
                state, trial, trial with { State = TrialState.Waiting, EndedAt = null, Failure = null, FailedAttempts = 0, Losses = [] });
            state = state with { FinishOrder = state.FinishOrder.Remove(trial.Id.Number) };
        }

        return RunAgain(state, e.At);
    }

    /// <summary>Who asks for the search under its new place asks for this one, so that what was written moves as well.</summary>
    public static SearchState DataMoved(SearchState state, SearchEvents.DataMoved e) => state with
    {
        Spec = At(state.Spec, e.Source),
        Written = new(At(state.Written.Fields, e.Source)),
    };

    public static SearchState Stopping(SearchState state, SearchEvents.SearchStopping e) => state with
    {
        Lifecycle = SearchLifecycle.Finishing,
        End = new SearchEnd(e.Reason, e.Explanation, e.Mode),
        Clock = state.Clock.Run(e.At),
    };

    public static SearchState Completed(SearchState state, SearchEvents.SearchCompleted e) => state with
    {
        Lifecycle = e.State,
        End = new SearchEnd(e.Reason, e.Explanation, state.End?.Mode ?? StopMode.Graceful),
        EndedAt = e.At,
        Clock = state.Clock.Halt(e.At),
    };

    /// <summary>An ending or ended search runs again: what its end skipped waits again, and its ensemble is built anew.</summary>
    public static SearchState Extended(SearchState state, SearchEvents.SearchExtended e)
    {
        state = state with { Budget = e.Budget, Concurrency = e.Concurrency };
        return state.Lifecycle is SearchLifecycle.Running or SearchLifecycle.Paused ? state : RunAgain(state, e.At);
    }

    private static SearchSpec At(SearchSpec spec, string source) =>
        spec.Data is { } data ? spec with { Data = data with { Source = source } } : spec;

    private static SearchState RunAgain(SearchState state, DateTimeOffset at)
    {
        state = state.Skipped.Aggregate(state, (current, number) =>
        {
            var trial = current.Trials[number];
            return TrialIndex.Replace(current, trial, trial with { State = TrialState.Waiting, EndedAt = null });
        });
        state = MemberEvolution.ReleaseAll(state, at);
        state = state.Ensemble.Fence is { } fence ? TrialEvolution.Released(state, fence, at) : state;
        return state with
        {
            Lifecycle = SearchLifecycle.Running,
            End = null,
            EndedAt = null,
            FinishedWithoutImprovement = 0,
            SuggestionsWithoutPromise = 0,
            Ensemble = EnsembleRecord.None with
            {
                Attempts = state.Ensemble.Attempts,
                Ended = state.Ensemble.Ended,
                Members = state.Ensemble.Members.ToImmutableSortedDictionary(
                    entry => entry.Key, entry => MemberRecord.None with { Attempts = entry.Value.Attempts, Ended = entry.Value.Ended }),
            },
            Clock = state.Clock.Run(at),
        };
    }
}

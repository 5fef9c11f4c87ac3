namespace SearchCluster.Search.State.Evolution;

/// <summary>Whether a search can be extended: what would end it again. Whoever offers an extension asks here, so that no hint is
/// refused.</summary>
internal static class Extension
{
    /// <summary>Finds what ends a search right after an extension.</summary>
    /// <param name="state">The search, ending or over.</param>
    /// <param name="extended">The extension.</param>
    /// <returns>Null when it goes on.</returns>
    public static SearchEnd? EndAfter(SearchState state, SearchEvents.SearchExtended extended)
    {
        var next = SearchEvolver.Apply(state, extended);
        var isIdle = next.Counts is { Running: 0, Waiting: 0 };
        if (isIdle && next.Exhausted is { } exhausted)
        {
            return new(SearchEndReason.SpaceExhausted, exhausted, StopMode.Graceful);
        }

        return Limits.Reached(next, extended.At) ?? (isIdle && next.Budget.Trials <= next.Trials.Count
            ? new(SearchEndReason.Trials, $"All trials of the budget ({next.Budget.Trials}) are done.", StopMode.Graceful)
            : null);
    }

    /// <summary>Finds what more trials would not help against.</summary>
    /// <param name="state">The search.</param>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>What would end it at once, or give it no trial; null where more trials let it go on.</returns>
    public static SearchEndReason? EndsAgainBy(SearchState state, DateTimeOffset now)
    {
        if (state.Lifecycle is SearchLifecycle.Running or SearchLifecycle.Paused)
        {
            return state.Exhausted is null ? null : SearchEndReason.SpaceExhausted;
        }

        // What is left to run can be told by one trial of those that were skipped.
        var some = state with { Skipped = state.Skipped.IsEmpty ? [] : [state.Skipped[0]] };
        return EndAfter(
            IsMisconfigured(state) ? SearchEvolver.Apply(some, new SearchEvents.SearchRetried(state.SearchId, now)) : some,
            new(state.SearchId, state.Budget with { Trials = state.Budget.Trials + 1 }, state.Concurrency, now))?.Reason;
    }

    /// <summary>Tells whether trials failed by their data: whoever lets a search go on has mended these, so that such trials wait
    /// again.</summary>
    public static bool IsMisconfigured(SearchState state) =>
        state.Trials.Any(trial => trial is { State: TrialState.Failed, Failure.Kind: TrialFailureKind.Misconfigured });
}

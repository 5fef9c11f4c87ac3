namespace SearchCluster.Search.Decisions;

/// <summary>Decides about recovery, pause and stop.</summary>
internal static class LifecycleDecisions
{
    public static Func<SearchState, IWithSearchId?> Recover(DecisionDraft draft)
    {
        if (!draft.State.IsOver)
        {
            draft.Add(new SearchEvents.SearchRecovered(draft.SearchId, draft.At));
        }

        return Replies.None;
    }

    public static Func<SearchState, IWithSearchId?> Pause(DecisionDraft draft)
    {
        switch (draft.State.Lifecycle)
        {
            case SearchLifecycle.Paused:
                return Replies.AlreadyDone;
            case SearchLifecycle.Running:
                draft.Add(new SearchEvents.SearchPaused(draft.SearchId, draft.At));
                return Replies.Accepted;
            case SearchLifecycle.Finishing:
                return Replies.Rejected(
                    RejectionCode.WrongState,
                    $"Search '{draft.SearchId}' is finishing ({draft.State.End!.Explanation}) and cannot be paused; stop it, or let it "
                        + $"end.");
            default:
                return Replies.Rejected(
                    RejectionCode.WrongState,
                    $"Search '{draft.SearchId}' is over ({Replies.Word(draft.State.Lifecycle)}); a search that ended cannot be paused.");
        }
    }

    /// <summary>Who gets the next slot; what runs goes on. Of a search that is over it would say nothing.</summary>
    public static Func<SearchState, IWithSearchId?> Prioritise(DecisionDraft draft, SearchCommands.PrioritiseSearch command)
    {
        var (state, priority) = (draft.State, command.Priority);
        if (priority is < ResourcesSpec.LowestPriority or > ResourcesSpec.HighestPriority)
        {
            return Replies.Rejected(
                RejectionCode.OutOfRange,
                $"Priority is {priority}, but must be a whole number from {ResourcesSpec.LowestPriority} to "
                    + $"{ResourcesSpec.HighestPriority}.");
        }

        if (state.IsOver)
        {
            return Replies.Rejected(
                RejectionCode.WrongState,
                $"Search '{draft.SearchId}' is over ({Replies.Word(state.Lifecycle)}) and waits for no slot; give it a priority when it "
                    + $"goes on: searchcluster resume {draft.SearchId} --trials +20");
        }

        if (priority == state.Priority)
        {
            return Replies.AlreadyDone;
        }

        draft.Add(new SearchEvents.SearchPrioritised(draft.SearchId, priority, state.Priority, draft.At));
        return Replies.Accepted;
    }

    public static Func<SearchState, IWithSearchId?> Stop(DecisionDraft draft, SearchCommands.StopSearch command)
    {
        var state = draft.State;
        if (state.IsOver)
        {
            return Replies.AlreadyDone;
        }

        if (state.Lifecycle != SearchLifecycle.Finishing)
        {
            Ending.Stop(draft, new SearchEnd(SearchEndReason.StoppedByUser, "It was stopped by its user.", command.Mode));
            return Replies.Accepted;
        }

        if (command.Mode == StopMode.Graceful)
        {
            return Replies.AlreadyDone;
        }

        return state.End!.Mode == StopMode.Graceful ? Hasten(draft) : GiveUpEnsemble(draft);
    }

    /// <summary>Whether a search may be removed; it changes nothing itself, because the removal is written
    /// where the names of all searches are.</summary>
    public static Func<SearchState, IWithSearchId?> Delete(DecisionDraft draft, SearchCommands.DeleteSearch command) =>
        command.EvenIfUnfinished || draft.State.IsOver || draft.State is { Lifecycle: SearchLifecycle.Paused, Leases.IsEmpty: true }
            ? Replies.Of(new SearchReplies.SearchRemoved(draft.SearchId))
            : Replies.Rejected(
                RejectionCode.WrongState,
                $"Search '{draft.SearchId}' is {Replies.Word(draft.State.Lifecycle)} and cannot be deleted; stop it first: searchcluster "
                    + $"stop {draft.SearchId} --now");

    /// <summary>Running attempts may not finish any more; the reason why the search ends stays.</summary>
    private static Func<SearchState, IWithSearchId?> Hasten(DecisionDraft draft)
    {
        Ending.Stop(draft, draft.State.End! with { Mode = StopMode.Now });
        return Replies.Accepted;
    }

    /// <summary>The second "stop now": the search does not wait for its ensemble.</summary>
    private static Func<SearchState, IWithSearchId?> GiveUpEnsemble(DecisionDraft draft)
    {
        if (!EnsembleRules.IsDue(draft.State))
        {
            return Replies.AlreadyDone;
        }

        var failure = new AttemptFailure(
            TrialFailureKind.Timeout,
            "The user stopped the search before its ensemble was built; resume it with more trials to build one.");
        draft.Add(new SearchEvents.EnsembleFailed(draft.SearchId, failure, draft.At));
        return Replies.Accepted;
    }
}

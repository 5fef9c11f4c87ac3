using SearchCluster.Search.Decisions.Trials;

namespace SearchCluster.Search.Decisions;

/// <summary>Brings a search to its end when a limit is reached or nothing is left to do.</summary>
internal static class Ending
{
    public static void Settle(DecisionDraft draft)
    {
        Promotions.Prepare(draft);
        var end = draft.State.Lifecycle switch
        {
            SearchLifecycle.Running => draft.End ?? Limits.Reached(draft.State, draft.At) ?? NothingLeft(draft.State),
            SearchLifecycle.Paused when draft.End is { Reason: SearchEndReason.Misconfigured } misconfigured => misconfigured,
            _ => null,
        };
        if (end is not null)
        {
            Stop(draft, end);
        }

        if (draft.State is { Lifecycle: SearchLifecycle.Finishing, Counts: { Running: 0, Waiting: 0 } }
            && draft.State.Ensemble.Fence is null
            && !EnsembleRules.IsDue(draft.State))
        {
            Complete(draft);
        }
    }

    /// <summary>No further trials start; those that wait or are paused end with what they have.</summary>
    public static void Stop(DecisionDraft draft, SearchEnd end)
    {
        draft.Add(new SearchEvents.SearchStopping(draft.SearchId, end.Reason, end.Explanation, end.Mode, draft.At));
        CloseWaiting(draft);
    }

    public static void CloseWaiting(DecisionDraft draft)
    {
        var state = draft.State;
        foreach (var number in state.Paused.Union(state.Waiting.New).Union(state.Waiting.Started))
        {
            var trial = state.Trials[number];
            var result = TrialResults.SoFar(state.Spec, trial, trial.Result);
            LostModels.Tell(draft, trial, result, reported: null);
            var ended = result is null ? TrialState.Skipped : TrialState.StoppedEarly;
            draft.Add(new SearchEvents.TrialFinished(draft.SearchId, trial.Id, 0, ended, result, null, null, draft.At));
        }
    }

    /// <summary>Ends the search for good.</summary>
    public static void Complete(DecisionDraft draft)
    {
        var (reason, explanation) = (draft.State.End!.Reason, draft.State.End.Explanation);
        var hasUsable = draft.State.Ranking.Count > 0;
        var lifecycle = reason switch
        {
            SearchEndReason.Misconfigured or SearchEndReason.Failures => SearchLifecycle.Failed,
            SearchEndReason.StoppedByUser => SearchLifecycle.Stopped,
            _ => hasUsable ? SearchLifecycle.Completed : SearchLifecycle.Failed,
        };
        explanation += hasUsable ? "" : " No trial has a usable result.";
        explanation += hasUsable
            && EnsembleRules.IsPlanned(draft.State)
            && draft.State.Ensemble.Report is null
            && EnsembleRules.WhyNone(draft.State) is { } why
            ? " " + why
            : "";
        draft.Add(new SearchEvents.SearchCompleted(draft.SearchId, lifecycle, reason, explanation, draft.At));
    }

    private static SearchEnd? NothingLeft(SearchState state)
    {
        if (state.Counts is not { Running: 0, Waiting: 0 })
        {
            return null;
        }

        return state.Exhausted is { } exhausted
            ? new(SearchEndReason.SpaceExhausted, exhausted, StopMode.Graceful)
            : state.Budget.Trials <= state.Trials.Count
                ? new(SearchEndReason.Trials, $"All trials of the budget ({state.Trials.Count}) are done.", StopMode.Graceful)
                : null;
    }
}

using SearchCluster.Search.Scheduling;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Lets paused trials go on when the scheduler says so.</summary>
internal static class Promotions
{
    /// <summary>Promotes one trial.</summary>
    /// <exception cref="InvalidOperationException">The scheduler named a trial that is not paused.</exception>
    public static void Promote(DecisionDraft draft, PromoteTrial promote)
    {
        if (!draft.State.Paused.Contains(promote.Trial.Number))
        {
            throw new InvalidOperationException(
                $"Scheduler '{draft.Context.Scheduler.Name}' promoted trial {promote.Trial} of search '{draft.SearchId}', which is not "
                    + $"paused.");
        }

        draft.Add(new SearchEvents.TrialPromoted(
            draft.SearchId, promote.Trial, promote.UntilResource, promote.CheckpointOf, promote.Reason, draft.At, promote.Values));
    }

    /// <summary>Promotes ahead of demand, one trial at a time, so that a search with nothing but paused trials shows its work. A
    /// reproducible search promotes here only.</summary>
    public static void Prepare(DecisionDraft draft)
    {
        if (Rounds.AreKept(draft.State.Spec))
        {
            PrepareAll(draft);
        }
        else if (CanPrepare(draft) && draft.Context.Scheduler.Next(SearchView.Of(draft.State)) is PromoteTrial promote)
        {
            Promote(draft, promote);
        }
    }

    /// <summary>In a reproducible search all promotions are decided at one moment, when nothing runs: which
    /// ones does not depend on who came first.</summary>
    private static void PrepareAll(DecisionDraft draft)
    {
        if (!CanPrepare(draft) || !Rounds.IsSettled(draft.State) || Limits.Reached(draft.State, draft.At) is not null)
        {
            return;
        }

        while (draft.State.Paused.Count > 0 && draft.Context.Scheduler.Next(SearchView.Of(draft.State)) is PromoteTrial promote)
        {
            Promote(draft, promote);
        }
    }

    private static bool CanPrepare(DecisionDraft draft) =>
        draft.State is { Lifecycle: SearchLifecycle.Running, Paused.Count: > 0, Waiting.Count: 0 };
}

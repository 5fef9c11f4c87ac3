namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Tells of trials that end with a result but without the model that their worker would have brought.</summary>
internal static class LostModels
{
    private const string Sentence =
        "A trial ended with its measurements only, without test metrics and saved model, because the search ended, or its worker failed, "
            + "before they were brought: "
        + "it cannot be exported and votes in no ensemble. The column model of `searchcluster trials` tells of which trials a model was "
            + "written.";

    /// <summary>Tells it, where the trial's worker would have brought one.</summary>
    /// <param name="draft">The decision.</param>
    /// <param name="trial">The trial, before it ends.</param>
    /// <param name="kept">What it ends with; null for nothing.</param>
    /// <param name="reported">What its worker said at the end; null when it said nothing.</param>
    public static void Tell(DecisionDraft draft, TrialRecord trial, TrialResult? kept, TrialResult? reported)
    {
        // What needs no data trains no network. A worker that said itself that there is no model has lost none.
        var isLost = draft.State.Spec.Data is not null
            && kept is { HasModel: false }
            && (reported ?? trial.Result) is not { HasModel: false };
        if (isLost)
        {
            draft.Add(new SearchEvents.WarningReported(
                draft.SearchId, WorkItem.Trial(trial.Id), Fence: 0, Seq: 0, new WorkWarning(Sentence), draft.At));
        }
    }
}

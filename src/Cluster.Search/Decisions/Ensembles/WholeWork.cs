using SearchCluster.Search.Decisions.Attempts;

namespace SearchCluster.Search.Decisions.Ensembles;

/// <summary>Work that measures nothing on its way: a member of an ensemble, or the ensemble. Decides about the ends of its
/// attempts.</summary>
internal abstract class WholeWork
{
    /// <summary>What it is, for the sentence about an outcome of other work.</summary>
    protected abstract string Name { get; }

    /// <summary>The outcome of an attempt that went well.</summary>
    protected abstract Type Completed { get; }

    /// <summary>Finds the work of an item that is no trial.</summary>
    public static WholeWork Of(WorkItem item) => item.MemberNumber is { } member ? new MemberWork(member) : new EnsembleWork();

    /// <summary>Takes the reported end of an attempt.</summary>
    public void Report(DecisionDraft draft, LeaseRecord lease, long seq, WorkOutcome outcome)
    {
        if (outcome.GetType() == Completed)
        {
            Finish(draft, lease, seq, outcome);
            return;
        }

        switch (outcome)
        {
            case AttemptFailed failed:
                Fail(draft, lease, seq, failed.Failure);
                break;
            case AttemptHalted:
                Release(draft, lease, seq);
                break;
            default:
                Fail(draft, lease, seq, OutcomeMismatch.Of(outcome, Name, Completed.Name));
                break;
        }
    }

    /// <summary>Takes a lease that is given back.</summary>
    public static void Release(DecisionDraft draft, LeaseRecord lease, long seq) =>
        AttemptEvents.End(draft, lease, seq, AttemptEnd.Released);

    /// <summary>Takes the failure, or the loss, of an attempt.</summary>
    public void Fail(DecisionDraft draft, LeaseRecord lease, long seq, AttemptFailure failure, WorkerLoss? loss = null)
    {
        switch (Retries.Judge(draft.State.Spec, lease.Key.Item, FailedBefore(draft.State), failure, loss))
        {
            case FailureVerdict.GiveBack:
                AttemptEvents.GiveBack(draft, lease, seq, failure);
                break;
            case FailureVerdict.TryAgain:
                AttemptEvents.TryAgain(draft, lease, seq, failure, loss);
                break;
            default:
                GiveUp(draft, lease, seq, failure);
                break;
        }
    }

    /// <summary>How many attempts failed so far.</summary>
    protected abstract int FailedBefore(SearchState state);

    /// <summary>Writes down what it brought.</summary>
    protected abstract void Finish(DecisionDraft draft, LeaseRecord lease, long seq, WorkOutcome outcome);

    /// <summary>Writes down that it is not tried again.</summary>
    protected abstract void GiveUp(DecisionDraft draft, LeaseRecord lease, long seq, AttemptFailure failure);
}

/// <summary>The training of a member. One that is given up is left out of the ensemble.</summary>
internal sealed class MemberWork(int member) : WholeWork
{
    protected override string Name => "the training of a member";

    protected override Type Completed => typeof(MemberCompleted);

    protected override int FailedBefore(SearchState state) => state.Ensemble.Member(member).FailedAttempts;

    protected override void Finish(DecisionDraft draft, LeaseRecord lease, long seq, WorkOutcome outcome) => End(draft, lease, seq, null);

    // The ensemble goes on without the member, so nothing else says why. Members of one cause are one warning.
    protected override void GiveUp(DecisionDraft draft, LeaseRecord lease, long seq, AttemptFailure failure)
    {
        End(draft, lease, seq, failure);
        draft.Add(new SearchEvents.WarningReported(
            draft.SearchId,
            WorkItem.Member(member),
            Fence: 0,
            Seq: 0,
            WorkWarning.Of($"A member of the ensemble could not be trained and is left out: {failure.Message}"),
            draft.At));
    }

    private void End(DecisionDraft draft, LeaseRecord lease, long seq, AttemptFailure? failure) =>
        draft.Add(new SearchEvents.EnsembleMemberFinished(draft.SearchId, member, lease.Key.Fence, failure, draft.At, seq));
}

/// <summary>The building of the ensemble.</summary>
internal sealed class EnsembleWork : WholeWork
{
    protected override string Name => "the building of an ensemble";

    protected override Type Completed => typeof(EnsembleCompleted);

    protected override int FailedBefore(SearchState state) => state.Ensemble.FailedAttempts;

    protected override void Finish(DecisionDraft draft, LeaseRecord lease, long seq, WorkOutcome outcome) =>
        draft.Add(new SearchEvents.EnsembleBuilt(
            draft.SearchId, lease.Key.Fence, ((EnsembleCompleted)outcome).Report, draft.At, seq));

    protected override void GiveUp(DecisionDraft draft, LeaseRecord lease, long seq, AttemptFailure failure) =>
        draft.Add(new SearchEvents.EnsembleFailed(draft.SearchId, failure, draft.At, seq));
}

using SearchCluster.Search.Decisions.Trials;

namespace SearchCluster.Search.Decisions.Ensembles;

/// <summary>Decides about the attempts to train a member of the ensemble.</summary>
internal static class MemberDecisions
{
    public static void Decide(DecisionDraft draft, int member, SearchCommands.ReportOutcome command)
    {
        var fence = command.Lease.Fence;
        switch (command.Outcome)
        {
            case MemberCompleted:
                draft.Add(new SearchEvents.EnsembleMemberFinished(draft.SearchId, member, fence, null, draft.At, command.Seq));
                break;
            case AttemptFailed failed:
                Fail(draft, member, fence, failed.Failure, command.Seq);
                break;
            case AttemptHalted:
                Release(draft, member, fence, command.Seq);
                break;
            default:
                var mismatch = OutcomeDecisions.Mismatch(command.Outcome, "the training of a member", nameof(MemberCompleted));
                Fail(draft, member, fence, mismatch, command.Seq);
                break;
        }
    }

    public static void Release(DecisionDraft draft, int member, long fence, long seq) =>
        draft.Add(new SearchEvents.AttemptEnded
        {
            SearchId = draft.SearchId,
            Item = WorkItem.Member(member),
            Fence = fence,
            End = AttemptEnd.Released,
            Resource = 0,
            At = draft.At,
            Seq = seq,
        });

    /// <summary>Tried again as a trial would be; a lost worker is never the member's fault. A member that is
    /// given up is left out of the ensemble.</summary>
    public static void Fail(DecisionDraft draft, int member, long fence, AttemptFailure failure, long seq, WorkerLoss? loss = null)
    {
        var spec = draft.State.Spec;
        var failedBefore = draft.State.Ensemble.Member(member).FailedAttempts;
        if (Retries.IsNobodysFault(failure))
        {
            draft.Add(new SearchEvents.AttemptEnded
            {
                SearchId = draft.SearchId,
                Item = WorkItem.Member(member),
                Fence = fence,
                End = AttemptEnd.Released,
                Failure = failure,
                Resource = 0,
                At = draft.At,
                Seq = seq,
                NotBefore = draft.At + Retries.StoragePause,
            });
            return;
        }

        var isLost = failure.Kind == TrialFailureKind.WorkerLost;
        if (loss is { IsAlone: false }
            || Retries.MayTryAgain(spec, failure.Kind, failedBefore)
            || (isLost && failedBefore < (spec.Retry ?? RetrySpec.Default).Max))
        {
            draft.Add(new SearchEvents.AttemptEnded
            {
                SearchId = draft.SearchId,
                Item = WorkItem.Member(member),
                Fence = fence,
                End = isLost ? AttemptEnd.Lost : AttemptEnd.Failed,
                Failure = failure,
                Resource = 0,
                At = draft.At,
                Seq = seq,
                NotBefore = Retries.NotBefore(spec, draft.At),
                Loss = loss,
            });
        }
        else
        {
            draft.Add(new SearchEvents.EnsembleMemberFinished(draft.SearchId, member, fence, failure, draft.At, seq));
            Tell(draft, member, failure);
        }
    }

    // The ensemble goes on without the member, so nothing else says why. Members of one cause are one warning.
    private static void Tell(DecisionDraft draft, int member, AttemptFailure failure) =>
        draft.Add(new SearchEvents.WarningReported(
            draft.SearchId,
            WorkItem.Member(member),
            Fence: 0,
            Seq: 0,
            WorkWarning.Of($"A member of the ensemble could not be trained and is left out: {failure.Message}"),
            draft.At));
}

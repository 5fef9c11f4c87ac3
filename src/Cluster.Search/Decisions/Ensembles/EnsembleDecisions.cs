using SearchCluster.Search.Decisions.Trials;

namespace SearchCluster.Search.Decisions.Ensembles;

/// <summary>Decides about the attempts to build the ensemble.</summary>
internal static class EnsembleDecisions
{
    public static void Decide(DecisionDraft draft, SearchCommands.ReportOutcome command)
    {
        var lease = draft.State.Leases[command.Lease.Fence];
        switch (command.Outcome)
        {
            case EnsembleCompleted completed:
                draft.Add(new SearchEvents.EnsembleBuilt(draft.SearchId, lease.Key.Fence, completed.Report, draft.At, command.Seq));
                break;
            case AttemptFailed failed:
                Fail(draft, lease, failed.Failure, command.Seq);
                break;
            case AttemptHalted:
                Release(draft, lease, command.Seq);
                break;
            default:
                var mismatch = OutcomeDecisions.Mismatch(command.Outcome, "the building of an ensemble", nameof(EnsembleCompleted));
                Fail(draft, lease, mismatch, command.Seq);
                break;
        }
    }

    public static void Release(DecisionDraft draft, LeaseRecord lease, long seq) =>
        draft.Add(new SearchEvents.AttemptEnded
        {
            SearchId = draft.SearchId,
            Item = WorkItem.Ensemble,
            Fence = lease.Key.Fence,
            End = AttemptEnd.Released,
            Resource = 0,
            At = draft.At,
            Seq = seq,
        });

    /// <summary>A lost attempt is tried again; any other failure is final, because all of them would meet it.</summary>
    public static void Fail(DecisionDraft draft, LeaseRecord lease, AttemptFailure failure, long seq, WorkerLoss? loss = null)
    {
        if (Retries.IsNobodysFault(failure))
        {
            draft.Add(new SearchEvents.AttemptEnded
            {
                SearchId = draft.SearchId,
                Item = WorkItem.Ensemble,
                Fence = lease.Key.Fence,
                End = AttemptEnd.Released,
                Failure = failure,
                Resource = 0,
                At = draft.At,
                Seq = seq,
                NotBefore = draft.At + Retries.StoragePause,
            });
            return;
        }

        var policy = draft.State.Spec.Retry ?? RetrySpec.Default;
        if (loss is { IsAlone: false }
            || (failure.Kind == TrialFailureKind.WorkerLost && draft.State.Ensemble.FailedAttempts < policy.Max))
        {
            var notBefore = Retries.NotBefore(draft.State.Spec, draft.At);
            draft.Add(new SearchEvents.AttemptEnded
            {
                SearchId = draft.SearchId,
                Item = WorkItem.Ensemble,
                Fence = lease.Key.Fence,
                End = AttemptEnd.Lost,
                Failure = failure,
                Resource = 0,
                At = draft.At,
                Seq = seq,
                NotBefore = notBefore,
                Loss = loss,
            });
        }
        else
        {
            draft.Add(new SearchEvents.EnsembleFailed(draft.SearchId, failure, draft.At, seq));
        }
    }
}

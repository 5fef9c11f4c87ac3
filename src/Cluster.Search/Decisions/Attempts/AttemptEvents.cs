namespace SearchCluster.Search.Decisions.Attempts;

/// <summary>Writes the ends of attempts after which their item is not over.</summary>
internal static class AttemptEvents
{
    /// <summary>Ends an attempt.</summary>
    /// <param name="draft">Where the event goes.</param>
    /// <param name="lease">The attempt's lease.</param>
    /// <param name="seq">Number of the report that ends it; 0 when there is none.</param>
    /// <param name="end">How it ends.</param>
    /// <param name="resource">Level of the item's own checkpoint; 0 for what measures nothing.</param>
    /// <param name="more">What else there is to say.</param>
    public static void End(
        DecisionDraft draft, LeaseRecord lease, long seq, AttemptEnd end, int resource = 0, AttemptEndDetail? more = null) =>
        draft.Add(new SearchEvents.AttemptEnded
        {
            SearchId = draft.SearchId,
            Item = lease.Key.Item,
            Fence = lease.Key.Fence,
            End = end,
            Failure = more?.Failure,
            Resource = resource,
            At = draft.At,
            Seq = seq,
            Result = more?.Result,
            NotBefore = more?.NotBefore,
            TrainingStop = more?.TrainingStop,
            Loss = more?.Loss,
        });

    /// <summary>Gives an item back that met a broken or full disk, or a worker without the data; it is tried again after a pause, or at once
    /// when the disk has been mended since, or by another worker.</summary>
    public static void GiveBack(DecisionDraft draft, LeaseRecord lease, long seq, AttemptFailure failure, int resource = 0) =>
        End(
            draft,
            lease,
            seq,
            AttemptEnd.Released,
            resource,
            new()
            {
                Failure = failure,
                NotBefore = failure.Kind == TrialFailureKind.DataMissing
                    ? null
                    : StoragePause.NotBefore(lease, draft.At, draft.Context.StorageMendedAt),
            });

    /// <summary>Lets an item be tried again.</summary>
    public static void TryAgain(
        DecisionDraft draft, LeaseRecord lease, long seq, AttemptFailure failure, WorkerLoss? loss, int resource = 0) =>
        End(
            draft,
            lease,
            seq,
            failure.Kind == TrialFailureKind.WorkerLost ? AttemptEnd.Lost : AttemptEnd.Failed,
            resource,
            new() { Failure = failure, NotBefore = Retries.NotBefore(draft.State.Spec, draft.At), Loss = loss });
}

/// <summary>What there is to say of the end of an attempt; each member null for nothing.</summary>
internal sealed record AttemptEndDetail
{
    public AttemptFailure? Failure { get; init; }

    public TrialResult? Result { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public TrainingStop? TrainingStop { get; init; }

    public WorkerLoss? Loss { get; init; }
}

namespace SearchCluster.Search.State;

/// <summary>Trials that wait because their worker's disk was full or broken.</summary>
internal static class StoragePause
{
    /// <summary>Time between attempts that meet a full or broken disk.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromSeconds(10);

    /// <summary>When the next attempt may start after one that met it; null for at once, because the disk was mended since it
    /// started.</summary>
    /// <param name="lease">The attempt.</param>
    /// <param name="at">When its end is written.</param>
    /// <param name="mendedAt">When the storage was last seen to take writes again; null for never.</param>
    public static DateTimeOffset? NotBefore(LeaseRecord lease, DateTimeOffset at, DateTimeOffset? mendedAt) =>
        lease.StartedAt < mendedAt ? null : at + Length;

    /// <summary>What the next attempt waits for; null when nothing is known to be in its way.</summary>
    /// <param name="state">The search.</param>
    /// <param name="now">The coordinator's clock.</param>
    /// <param name="mendedAt">When the storage was last seen to take writes again; null for never.</param>
    public static string? CauseOf(SearchState state, DateTimeOffset now, DateTimeOffset? mendedAt)
    {
        foreach (var number in state.Waiting.Started)
        {
            var trial = state.Trials[number];
            if (trial is { Failure: { Kind: TrialFailureKind.StorageUnavailable } failure, NotBefore: { } next }
                && next > now
                && !(next - Length <= mendedAt)
                && !HasWrittenSince(state, trial.WorkerId, next - Length))
            {
                return failure.Message;
            }
        }

        return null;
    }

    // A worker that has saved a model since has room.
    private static bool HasWrittenSince(SearchState state, WorkerId? worker, DateTimeOffset at)
    {
        for (var i = state.FinishOrder.Count - 1; i >= 0 && state.Trials[state.FinishOrder[i]] is { } trial && trial.EndedAt > at; i--)
        {
            if (trial is { State: TrialState.Completed, Result.HasModel: true } && trial.WorkerId == worker)
            {
                return true;
            }
        }

        return false;
    }
}

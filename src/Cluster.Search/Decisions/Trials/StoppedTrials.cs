using SearchCluster.Search.Decisions.Attempts;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>How a trial ends that its scheduler stopped: with what its worker achieved, test metrics and model included.</summary>
/// <remarks>
/// A worker that is lost or shut down between the decision and its answer has told nothing, and one of a
/// reproducible search that trained beyond the decision has told of other weights. Then the trial is leased once more, to the level that is
/// known and no further; mostly its checkpoint lies there already.
/// </remarks>
internal static class StoppedTrials
{
    public static bool Includes(EndingAttempt attempt) => IsDecidedBy(attempt) || attempt.Trial.IsStopped;

    /// <summary>Where an attempt ends that only brings the result of a trial that was stopped, or paused and not promoted yet.</summary>
    /// <returns>The level, or null for any other trial.</returns>
    public static int? LastLevel(TrialRecord trial) =>
        trial.Decisions is [.., { Action: TrialDecisionKind.Stop or TrialDecisionKind.Pause }] ? trial.Resource : null;

    /// <summary>Tells whether the trial can be closed with what the worker said.</summary>
    public static bool IsAnswered(SearchSpec spec, EndingAttempt attempt, TrialResult? result) => Rounds.AreKept(spec)
        ? result is not null && (result.LastResource == attempt.Trial.Resource || !IsDecidedBy(attempt))
        : result is not null || attempt.Seq > 0;

    /// <summary>Tells whether a failure leaves the trial another attempt; what went wrong beyond the decision
    /// of a reproducible search does not count.</summary>
    public static bool MayTryAgain(SearchSpec spec, EndingAttempt attempt, AttemptFailure failure) =>
        (Rounds.AreKept(spec) && IsDecidedBy(attempt)) || Retries.MayTryAgain(
            spec, attempt.Lease.Key.Item, failure.Kind, attempt.Trial.FailedAttempts);

    private static bool IsDecidedBy(EndingAttempt attempt) => attempt.Lease.Decision is { Action: SchedulingAction.Stop };
}

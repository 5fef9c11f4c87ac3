namespace SearchCluster.Search.Decisions.Attempts;

/// <summary>Refuses an outcome of another kind of work.</summary>
internal static class OutcomeMismatch
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="outcome">What came.</param>
    /// <param name="item">What was to be done.</param>
    /// <param name="ends">The outcome that it has when it went well.</param>
    public static AttemptFailure Of(WorkOutcome outcome, string item, string ends) => new(
        TrialFailureKind.WorkloadError,
        outcome is EnsembleCompleted or MemberCompleted or AttemptCompleted
            ? $"It ended with the outcome {outcome.GetType().Name}, but {item} ends with {ends}, {nameof(AttemptHalted)} or "
                + $"{nameof(AttemptFailed)}; let the workload return one of these."
            : $"It ended with {outcome.GetType().Name}, an outcome that this coordinator does not know; run the same version everywhere.");
}

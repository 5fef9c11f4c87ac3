namespace SearchCluster.Search.Decisions.Trials;

/// <summary>The retry policy of a specification.</summary>
internal static class Retries
{
    /// <summary>Tells whether a failed attempt is tried again.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="kind">Why the attempt failed.</param>
    /// <param name="failedBefore">How many attempts failed before this one.</param>
    public static bool MayTryAgain(SearchSpec spec, TrialFailureKind kind, int failedBefore)
    {
        var policy = spec.Retry ?? RetrySpec.Default;

        // The same configuration holds as much again.
        return kind != TrialFailureKind.MemoryLimit && policy.On.Contains(kind) && failedBefore < policy.Max;
    }

    /// <summary>Time between attempts that meet a full or broken disk.</summary>
    public static TimeSpan StoragePause { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Tells whether the attempt met what is neither the trial's fault nor the worker's: it is not counted as failed.</summary>
    /// <param name="failure">How the attempt failed.</param>
    public static bool IsNobodysFault(AttemptFailure failure) => failure.Kind == TrialFailureKind.StorageUnavailable;

    public static DateTimeOffset? NotBefore(SearchSpec spec, DateTimeOffset at) =>
        (spec.Retry ?? RetrySpec.Default).Backoff is var backoff && backoff > TimeSpan.Zero ? at + backoff : null;
}

namespace SearchCluster.Search.Decisions.Attempts;

/// <summary>What follows from the failure of an attempt.</summary>
internal enum FailureVerdict
{
    /// <summary>The item is given back and waits: it met what is neither its fault nor its worker's.</summary>
    GiveBack,

    /// <summary>It is tried again.</summary>
    TryAgain,

    /// <summary>It is given up.</summary>
    GiveUp,
}

/// <summary>The retry policy of a specification, for everything that is leased.</summary>
/// <remarks>
/// Trials are repeated after the failures that <c>retry.on</c> names. Members of an ensemble are, too, and after each loss of their
/// worker: it is never their fault. The ensemble is repeated after a loss only, because every further attempt would meet the same failure.
/// </remarks>
internal static class Retries
{
    /// <summary>Judges a failure.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="item">What was leased.</param>
    /// <param name="failedBefore">How many of its attempts failed before this one.</param>
    /// <param name="failure">How this one failed.</param>
    /// <param name="loss">How its worker was lost; null for another failure. A loss beside others is charged to nobody.</param>
    public static FailureVerdict Judge(
        SearchSpec spec, WorkItem item, int failedBefore, AttemptFailure failure, WorkerLoss? loss = null) =>
        failure.Kind is TrialFailureKind.StorageUnavailable or TrialFailureKind.DataMissing ? FailureVerdict.GiveBack
        : loss is { IsAlone: false } || MayTryAgain(spec, item, failure.Kind, failedBefore) ? FailureVerdict.TryAgain
        : FailureVerdict.GiveUp;

    /// <summary>Tells whether a failed attempt is tried again.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="item">What was leased.</param>
    /// <param name="kind">Why the attempt failed.</param>
    /// <param name="failedBefore">How many attempts failed before this one.</param>
    public static bool MayTryAgain(SearchSpec spec, WorkItem item, TrialFailureKind kind, int failedBefore)
    {
        var policy = spec.Retry ?? RetrySpec.Default;
        var isTrial = item.TrialId is not null;
        var isLoss = kind == TrialFailureKind.WorkerLost;

        // The same configuration holds as much memory again.
        var isRepeatable = kind != TrialFailureKind.MemoryLimit
            && ((!isTrial && isLoss) || ((isTrial || item.MemberNumber is not null) && policy.On.Contains(kind)));
        return isRepeatable && failedBefore < policy.Max;
    }

    /// <summary>When the next attempt may start; null for at once.</summary>
    public static DateTimeOffset? NotBefore(SearchSpec spec, DateTimeOffset at) =>
        (spec.Retry ?? RetrySpec.Default).Backoff is var backoff && backoff > TimeSpan.Zero ? at + backoff : null;
}

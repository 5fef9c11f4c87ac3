namespace SearchCluster.Search.Searches;

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
        return policy.On.Contains(kind) && failedBefore < policy.Max;
    }

    public static DateTimeOffset? NotBefore(SearchSpec spec, DateTimeOffset at) =>
        (spec.Retry ?? RetrySpec.Default).Backoff is var backoff && backoff > TimeSpan.Zero ? at + backoff : null;
}

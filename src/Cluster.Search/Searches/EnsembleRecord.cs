namespace SearchCluster.Search.Searches;

/// <summary>Where the ensemble stands.</summary>
/// <param name="Attempts">How many attempts were started since the search last began to end.</param>
/// <param name="FailedAttempts">How many of them were lost.</param>
/// <param name="Fence">Fence of the running attempt; null when none runs.</param>
/// <param name="Ended">The attempt that ended last.</param>
/// <param name="NotBefore">A retry waits until then.</param>
/// <param name="Report">The ensemble, once built.</param>
/// <param name="Failure">Why it could not be built.</param>
public sealed record EnsembleRecord(
    int Attempts,
    int FailedAttempts,
    long? Fence,
    EndedAttempt? Ended,
    DateTimeOffset? NotBefore,
    EnsembleReport? Report,
    AttemptFailure? Failure)
{
    /// <summary>Nothing was tried.</summary>
    public static EnsembleRecord None { get; } = new(0, 0, null, null, null, null, null);
}

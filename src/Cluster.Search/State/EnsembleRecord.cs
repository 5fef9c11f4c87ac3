namespace SearchCluster.Search.State;

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

    /// <summary>Members that are trained for it and were begun, by number.</summary>
    public ImmutableSortedDictionary<int, MemberRecord> Members { get; init; } = ImmutableSortedDictionary<int, MemberRecord>.Empty;

    /// <summary>How its attempts lost their workers.</summary>
    public ValueArray<WorkerLoss> Losses { get; init; } = [];

    /// <summary>True when its next attempt is to run alone in a worker's process.</summary>
    public bool RunsAlone => Suspects.Include(Losses);

    /// <summary>A member; one that was not begun has no attempts.</summary>
    public MemberRecord Member(int number) => Members.GetValueOrDefault(number, MemberRecord.None);
}

/// <summary>Where a member stands that is trained for the ensemble.</summary>
/// <param name="Attempts">How many attempts were started.</param>
/// <param name="FailedAttempts">How many of them failed or were lost.</param>
/// <param name="Fence">Fence of the running attempt; null when none runs.</param>
/// <param name="Ended">The attempt that ended last.</param>
/// <param name="NotBefore">A retry waits until then.</param>
/// <param name="IsFinished">True when it is trained or given up.</param>
/// <param name="Failure">Why it is left out; null when it is trained.</param>
public sealed record MemberRecord(
    int Attempts, int FailedAttempts, long? Fence, EndedAttempt? Ended, DateTimeOffset? NotBefore, bool IsFinished, AttemptFailure? Failure)
{
    /// <summary>Nothing was tried.</summary>
    public static MemberRecord None { get; } = new(0, 0, null, null, null, false, null);

    /// <summary>How its attempts lost their workers.</summary>
    public ValueArray<WorkerLoss> Losses { get; init; } = [];

    /// <summary>True when its next attempt is to run alone in a worker's process.</summary>
    public bool RunsAlone => Suspects.Include(Losses);
}

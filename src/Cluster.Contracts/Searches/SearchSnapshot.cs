using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Searches;

/// <summary>A search at one point of its journal, so that recovery need not read all of it. Extend only, like the events.</summary>
/// <remarks>Counts, queues and rankings are not stored: they follow from the trials.</remarks>
public sealed record SearchSnapshot : IWithSearchId
{
    /// <summary>The search.</summary>
    public required SearchId SearchId { get; init; }

    /// <summary>The specification as submitted.</summary>
    public required SearchSpec Spec { get; init; }

    /// <summary>The file as its author wrote it.</summary>
    public required string SpecText { get; init; }

    /// <summary>W3C context of the submit span.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The budget as extended so far.</summary>
    public required BudgetSpec Budget { get; init; }

    /// <summary>Most trials at once; null for no limit.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Where the search stands.</summary>
    public required SearchLifecycle State { get; init; }

    /// <summary>Why it ends or ended; null while it runs.</summary>
    public SearchEndReason? EndReason { get; init; }

    /// <summary>The same for people.</summary>
    public string? EndExplanation { get; init; }

    /// <summary>Whether running attempts may finish.</summary>
    public StopMode? EndMode { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why the space holds no further configuration; null when it may.</summary>
    public string? Exhausted { get; init; }

    /// <summary>All trials, in order.</summary>
    public required ValueArray<TrialSnapshot> Trials { get; init; }

    /// <summary>Running attempts, in order of their fences.</summary>
    public required ValueArray<LeaseSnapshot> Leases { get; init; }

    /// <summary>The last fencing number given out.</summary>
    public required long LastFence { get; init; }

    /// <summary>The ensemble.</summary>
    public required EnsembleSnapshot Ensemble { get; init; }

    /// <summary>What time was spent.</summary>
    public required ClockSnapshot Clock { get; init; }

    /// <summary>Measurements of all trials.</summary>
    public required long Epochs { get; init; }

    /// <summary>Finished trials in a row without a new best.</summary>
    public required int FinishedWithoutImprovement { get; init; }

    /// <summary>Finished trials that became the best.</summary>
    public required ValueArray<ImprovementView> History { get; init; }

    /// <summary>How many events led here.</summary>
    public required long Revision { get; init; }

    /// <summary>Stages of a coarse-to-fine search that began; null for none.</summary>
    public ValueArray<SpaceNarrowing>? Narrowings { get; init; }

    /// <summary>Suggestions in a row of which the model expects less than the budget's plateau asks for.</summary>
    public int SuggestionsWithoutPromise { get; init; }

    /// <summary>What attempts warned of; null for nothing.</summary>
    public ValueArray<WarningView>? Warnings { get; init; }

    /// <summary>Reports of warnings that are not kept one by one.</summary>
    public int OtherWarnings { get; init; }

    /// <summary>How many trials were finished when the current round of a reproducible search began.</summary>
    public int FinishesBeforeRound { get; init; }

    /// <summary>The specification as written, where resolving changed it; null where both are the same.</summary>
    public WrittenSpec? Written { get; init; }

    /// <summary>The data that its trials learned from; null before the first measurement.</summary>
    public DataIdentity? Data { get; init; }

    /// <summary>The priority that it was given since; null where it is that of the specification.</summary>
    public int? Priority { get; init; }
}

/// <summary>One running attempt of a <see cref="SearchSnapshot"/>.</summary>
/// <param name="Lease">Search, item, attempt and fencing number.</param>
/// <param name="WorkerId">Who holds it.</param>
/// <param name="Incarnation">The worker's process.</param>
/// <param name="StartedAt">When the attempt started.</param>
/// <param name="DowntimeBefore">Coordinator downtime before the start.</param>
/// <param name="LastSeq">Number of the last accepted report.</param>
/// <param name="Decision">What the scheduler wants to happen to it; null for continue.</param>
/// <param name="Alone">Whether nothing else runs in the worker's process.</param>
public sealed record LeaseSnapshot(
    LeaseKey Lease,
    WorkerId WorkerId,
    string Incarnation,
    DateTimeOffset StartedAt,
    TimeSpan DowntimeBefore,
    long LastSeq,
    SchedulingDecision? Decision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Alone = false);

/// <summary>The ensemble of a <see cref="SearchSnapshot"/>.</summary>
/// <param name="Attempts">How many attempts were started.</param>
/// <param name="FailedAttempts">How many of them were lost.</param>
/// <param name="Fence">Fence of the running attempt; null when none runs.</param>
/// <param name="EndedFence">Fence of the attempt that ended last; null before the first end.</param>
/// <param name="EndedSeq">Number of the report that ended it; 0 when it ended without one.</param>
/// <param name="NotBefore">A retry waits until then.</param>
/// <param name="Report">The ensemble, once built.</param>
/// <param name="Failure">Why it could not be built.</param>
/// <param name="Members">Members that are trained for it and were begun; null for none.</param>
/// <param name="Losses">How its attempts lost their workers; null for none.</param>
public sealed record EnsembleSnapshot(
    int Attempts,
    int FailedAttempts,
    long? Fence,
    long? EndedFence,
    long EndedSeq,
    DateTimeOffset? NotBefore,
    EnsembleReport? Report,
    AttemptFailure? Failure,
    ValueArray<MemberSnapshot>? Members = null,
    ValueArray<WorkerLoss>? Losses = null);

/// <summary>A member that is trained for the ensemble, in a <see cref="SearchSnapshot"/>.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Attempts">How many attempts were started.</param>
/// <param name="FailedAttempts">How many of them failed or were lost.</param>
/// <param name="Fence">Fence of the running attempt; null when none runs.</param>
/// <param name="EndedFence">Fence of the attempt that ended last; null before the first end.</param>
/// <param name="EndedSeq">Number of the report that ended it.</param>
/// <param name="NotBefore">A retry waits until then.</param>
/// <param name="IsFinished">True when it is trained or given up.</param>
/// <param name="Failure">Why it is left out.</param>
/// <param name="Losses">How its attempts lost their workers; null for none.</param>
public sealed record MemberSnapshot(
    int Number,
    int Attempts,
    int FailedAttempts,
    long? Fence,
    long? EndedFence,
    long EndedSeq,
    DateTimeOffset? NotBefore,
    bool IsFinished,
    AttemptFailure? Failure,
    ValueArray<WorkerLoss>? Losses = null);

/// <summary>The time spent in a <see cref="SearchSnapshot"/>.</summary>
/// <param name="LastEventAt">When the last event happened.</param>
/// <param name="ActiveBefore">Running time up to <paramref name="ActiveSince"/>, or all of it when the search does not run.</param>
/// <param name="ActiveSince">Since when it runs; null when it is paused or over.</param>
/// <param name="DeviceBefore">Summed time of the attempts that are over.</param>
/// <param name="Downtime">Summed coordinator downtime while the search ran.</param>
/// <param name="BusyBefore">Time in which an attempt ran, up to <paramref name="BusySince"/>; null before this release knew it.</param>
/// <param name="BusySince">Since when one runs; null when none does.</param>
public sealed record ClockSnapshot(
    DateTimeOffset LastEventAt,
    TimeSpan ActiveBefore,
    DateTimeOffset? ActiveSince,
    TimeSpan DeviceBefore,
    TimeSpan Downtime,
    TimeSpan? BusyBefore = null,
    DateTimeOffset? BusySince = null);

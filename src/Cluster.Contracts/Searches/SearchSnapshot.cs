namespace SearchCluster.Contracts.Searches;

/// <summary>A search at one point of its journal, so that recovery need not read all of it. Extend only, like the events.</summary>
/// <remarks>Counts, queues and rankings are not stored: they follow from the trials.</remarks>
/// <param name="SearchId">The search.</param>
/// <param name="Spec">The specification as submitted.</param>
/// <param name="SpecText">The file as its author wrote it.</param>
/// <param name="TraceParent">W3C context of the submit span.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Budget">The budget as extended so far.</param>
/// <param name="Concurrency">Most trials at once; null for no limit.</param>
/// <param name="State">Where the search stands.</param>
/// <param name="EndReason">Why it ends or ended; null while it runs.</param>
/// <param name="EndExplanation">The same for people.</param>
/// <param name="EndMode">Whether running attempts may finish.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="Exhausted">Why the space holds no further configuration; null when it may.</param>
/// <param name="Trials">All trials, in order.</param>
/// <param name="Leases">Running attempts, in order of their fences.</param>
/// <param name="LastFence">The last fencing number given out.</param>
/// <param name="Ensemble">The ensemble.</param>
/// <param name="Clock">What time was spent.</param>
/// <param name="Epochs">Measurements of all trials.</param>
/// <param name="FinishedWithoutImprovement">Finished trials in a row without a new best.</param>
/// <param name="History">Finished trials that became the best.</param>
/// <param name="Revision">How many events led here.</param>
/// <param name="Narrowings">Stages of a coarse-to-fine search that began; null for none.</param>
/// <param name="SuggestionsWithoutPromise">Suggestions in a row of which the model expects less than the budget's plateau asks for.</param>
/// <param name="Warnings">What attempts warned of; null for nothing.</param>
/// <param name="OtherWarnings">Reports of warnings that are not kept one by one.</param>
/// <param name="FinishesBeforeRound">How many trials were finished when the current round of a reproducible search began.</param>
/// <param name="Written">The specification as written, where resolving changed it; null where both are the same.</param>
/// <param name="Data">The data that its trials learned from; null before the first measurement.</param>
public sealed record SearchSnapshot(
    SearchId SearchId,
    SearchSpec Spec,
    string SpecText,
    string? TraceParent,
    DateTimeOffset SubmittedAt,
    BudgetSpec Budget,
    int? Concurrency,
    SearchLifecycle State,
    SearchEndReason? EndReason,
    string? EndExplanation,
    StopMode? EndMode,
    DateTimeOffset? EndedAt,
    string? Exhausted,
    ValueArray<TrialSnapshot> Trials,
    ValueArray<LeaseSnapshot> Leases,
    long LastFence,
    EnsembleSnapshot Ensemble,
    ClockSnapshot Clock,
    long Epochs,
    int FinishedWithoutImprovement,
    ValueArray<ImprovementView> History,
    long Revision,
    ValueArray<SpaceNarrowing>? Narrowings = null,
    int SuggestionsWithoutPromise = 0,
    ValueArray<WarningView>? Warnings = null,
    int OtherWarnings = 0,
    int FinishesBeforeRound = 0,
    WrittenSpec? Written = null,
    DataIdentity? Data = null) : IWithSearchId;

/// <summary>One trial of a <see cref="SearchSnapshot"/>.</summary>
/// <param name="TrialId">Its number.</param>
/// <param name="Values">Its configuration.</param>
/// <param name="Seed">Its own seed.</param>
/// <param name="Origin">Who chose the configuration and why.</param>
/// <param name="SuggestedAt">When it was suggested.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">How many attempts were started.</param>
/// <param name="FailedAttempts">How many attempts failed or were lost.</param>
/// <param name="Fence">Fence of the running attempt; null when none runs.</param>
/// <param name="EndedFence">Fence of the attempt that ended last; null before the first end.</param>
/// <param name="EndedSeq">Number of the report that ended it; 0 when it ended without one.</param>
/// <param name="WorkerId">Worker of the running attempt, or of the last one.</param>
/// <param name="Curve">Measurements.</param>
/// <param name="Result">What it achieved.</param>
/// <param name="TrainingStop">Why training ended by itself.</param>
/// <param name="Reason">Why the scheduler stopped, paused or promoted it last.</param>
/// <param name="Failure">The last failure.</param>
/// <param name="UntilResource">Resource level at which the next attempt pauses.</param>
/// <param name="CheckpointOf">Whose checkpoint the next attempt starts from.</param>
/// <param name="NotBefore">A retry waits until then.</param>
/// <param name="StartedAt">When its first attempt started.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="FinishRank">Its place in the order in which trials finished, from 0; null when it is not finished.</param>
/// <param name="DataFraction">Share of the training data that it uses; null for all.</param>
/// <param name="Decisions">What the scheduler decided; null for nothing.</param>
/// <param name="Lineage">Whose weights it took over; null for nobody's.</param>
public sealed record TrialSnapshot(
    TrialId TrialId,
    ParameterValues Values,
    ulong Seed,
    SuggestionOrigin Origin,
    DateTimeOffset SuggestedAt,
    TrialState State,
    int Attempts,
    int FailedAttempts,
    long? Fence,
    long? EndedFence,
    long EndedSeq,
    WorkerId? WorkerId,
    ValueArray<Measurement> Curve,
    TrialResult? Result,
    TrainingStop? TrainingStop,
    DecisionReason? Reason,
    AttemptFailure? Failure,
    int? UntilResource,
    TrialId? CheckpointOf,
    DateTimeOffset? NotBefore,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int? FinishRank = null,
    double? DataFraction = null,
    ValueArray<TrialDecision>? Decisions = null,
    ValueArray<LineageStep>? Lineage = null);

/// <summary>One running attempt of a <see cref="SearchSnapshot"/>.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="WorkerId">Who holds it.</param>
/// <param name="Incarnation">The worker's process.</param>
/// <param name="StartedAt">When the attempt started.</param>
/// <param name="DowntimeBefore">Coordinator downtime before the start.</param>
/// <param name="LastSeq">Number of the last accepted report.</param>
/// <param name="Decision">What the scheduler wants to happen to it; null for continue.</param>
public sealed record LeaseSnapshot(
    LeaseKey Lease,
    WorkerId WorkerId,
    string Incarnation,
    DateTimeOffset StartedAt,
    TimeSpan DowntimeBefore,
    long LastSeq,
    SchedulingDecision? Decision);

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
public sealed record EnsembleSnapshot(
    int Attempts,
    int FailedAttempts,
    long? Fence,
    long? EndedFence,
    long EndedSeq,
    DateTimeOffset? NotBefore,
    EnsembleReport? Report,
    AttemptFailure? Failure,
    ValueArray<MemberSnapshot>? Members = null);

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
public sealed record MemberSnapshot(
    int Number,
    int Attempts,
    int FailedAttempts,
    long? Fence,
    long? EndedFence,
    long EndedSeq,
    DateTimeOffset? NotBefore,
    bool IsFinished,
    AttemptFailure? Failure);

/// <summary>The time spent in a <see cref="SearchSnapshot"/>.</summary>
/// <param name="LastEventAt">When the last event happened.</param>
/// <param name="ActiveBefore">Running time up to <paramref name="ActiveSince"/>, or all of it when the search does not run.</param>
/// <param name="ActiveSince">Since when it runs; null when it is paused or over.</param>
/// <param name="DeviceBefore">Summed time of the attempts that are over.</param>
/// <param name="Downtime">Summed coordinator downtime while the search ran.</param>
public sealed record ClockSnapshot(DateTimeOffset LastEventAt, TimeSpan ActiveBefore, DateTimeOffset? ActiveSince, TimeSpan DeviceBefore, TimeSpan Downtime);

namespace SearchCluster.Contracts.Searches;

/// <summary>One trial of a <see cref="SearchSnapshot"/>.</summary>
public sealed record TrialSnapshot
{
    /// <summary>Its number.</summary>
    public required TrialId TrialId { get; init; }

    /// <summary>Its configuration.</summary>
    public required ParameterValues Values { get; init; }

    /// <summary>Its own seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Who chose the configuration and why.</summary>
    public required SuggestionOrigin Origin { get; init; }

    /// <summary>When it was suggested.</summary>
    public required DateTimeOffset SuggestedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialState State { get; init; }

    /// <summary>How many attempts were started.</summary>
    public required int Attempts { get; init; }

    /// <summary>How many attempts failed or were lost.</summary>
    public required int FailedAttempts { get; init; }

    /// <summary>Fence of the running attempt; null when none runs.</summary>
    public long? Fence { get; init; }

    /// <summary>Fence of the attempt that ended last; null before the first end.</summary>
    public long? EndedFence { get; init; }

    /// <summary>Number of the report that ended it; 0 when it ended without one.</summary>
    public required long EndedSeq { get; init; }

    /// <summary>Worker of the running attempt, or of the last one.</summary>
    public WorkerId? WorkerId { get; init; }

    /// <summary>Measurements.</summary>
    public required ValueArray<Measurement> Curve { get; init; }

    /// <summary>What it achieved.</summary>
    public TrialResult? Result { get; init; }

    /// <summary>Why training ended by itself.</summary>
    public TrainingStop? TrainingStop { get; init; }

    /// <summary>Why the scheduler stopped, paused or promoted it last.</summary>
    public DecisionReason? Reason { get; init; }

    /// <summary>The last failure.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>Resource level at which the next attempt pauses.</summary>
    public int? UntilResource { get; init; }

    /// <summary>Whose checkpoint the next attempt starts from.</summary>
    public TrialId? CheckpointOf { get; init; }

    /// <summary>A retry waits until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When its first attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its place in the order in which trials finished, from 0; null when it is not finished.</summary>
    public int? FinishRank { get; init; }

    /// <summary>Share of the training data that it uses; null for all.</summary>
    public double? DataFraction { get; init; }

    /// <summary>What the scheduler decided; null for nothing.</summary>
    public ValueArray<TrialDecision>? Decisions { get; init; }

    /// <summary>Whose weights it took over; null for nobody's.</summary>
    public ValueArray<LineageStep>? Lineage { get; init; }

    /// <summary>How its attempts lost their workers since it last got further; null for not at all.</summary>
    public ValueArray<WorkerLoss>? Losses { get; init; }
}

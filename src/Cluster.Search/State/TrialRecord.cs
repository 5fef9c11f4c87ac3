namespace SearchCluster.Search.State;

/// <summary>One trial, as its events left it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Values">Its configuration.</param>
/// <param name="Seed">Its own seed.</param>
/// <param name="Origin">Who chose the configuration and why.</param>
/// <param name="SuggestedAt">When it was suggested.</param>
public sealed record TrialRecord(TrialId Id, ParameterValues Values, ulong Seed, SuggestionOrigin Origin, DateTimeOffset SuggestedAt)
{
    /// <summary>Share of the training data that it uses; null for all.</summary>
    public double? DataFraction { get; init; }

    /// <summary>What the scheduler decided, in order.</summary>
    public ImmutableList<TrialDecision> Decisions { get; init; } = [];

    /// <summary>Whose weights it took over, in order.</summary>
    public ImmutableList<LineageStep> Lineage { get; init; } = [];

    /// <summary>The configuration that was suggested; population based training may have changed it since.</summary>
    public ParameterValues SuggestedValues => Lineage.IsEmpty ? Values : Lineage[0].Before;

    /// <summary>The configuration that its result was measured with: the one of the level of its kept weights. Population based training
    /// may have changed it since.</summary>
    public ParameterValues ResultValues => Result is { } result ? ValuesAt(result.BestResource) : Values;

    /// <summary>Where it stands.</summary>
    public TrialState State { get; init; } = TrialState.Waiting;

    /// <summary>How many attempts were started.</summary>
    public int Attempts { get; init; }

    /// <summary>How many attempts in a row failed or were lost without a new resource level; the retry policy limits these.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>How its attempts lost their workers since it last reached a new resource level.</summary>
    public ValueArray<WorkerLoss> Losses { get; init; } = [];

    /// <summary>True when its next attempt is to run alone in a worker's process.</summary>
    public bool RunsAlone => Suspects.Include(Losses);

    /// <summary>Fence of the running attempt; null when none runs.</summary>
    public long? Fence { get; init; }

    /// <summary>The attempt that ended last, so that a report sent twice is recognised.</summary>
    public EndedAttempt? Ended { get; init; }

    /// <summary>Worker of the running attempt, or of the last one.</summary>
    public WorkerId? WorkerId { get; init; }

    /// <summary>Measurements, with growing resource levels.</summary>
    public ImmutableList<Measurement> Curve { get; init; } = [];

    /// <summary>The objective over the measurements so far.</summary>
    public ObjectiveProgress Progress { get; init; } = ObjectiveProgress.None;

    /// <summary>What it achieved: final, or at its last pause.</summary>
    public TrialResult? Result { get; init; }

    /// <summary>Why training ended by itself.</summary>
    public TrainingStop? TrainingStop { get; init; }

    /// <summary>Why the scheduler stopped, paused or promoted it last.</summary>
    public DecisionReason? Reason { get; init; }

    /// <summary>The last failure.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>Resource level at which the next attempt pauses; null to train to the end.</summary>
    public int? UntilResource { get; init; }

    /// <summary>Whose checkpoint the next attempt starts from; null for its own.</summary>
    public TrialId? CheckpointOf { get; init; }

    /// <summary>A retry waits until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When its first attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last measured resource level, 0 before the first.</summary>
    public int Resource => Curve.Count == 0 ? 0 : Curve[^1].Resource;

    /// <summary>True when its scheduler stopped it, whether its worker has answered yet or not.</summary>
    public bool IsStopped => Decisions is [.., { Action: TrialDecisionKind.Stop }];

    /// <summary>True when the end of the search cut it off: its scheduler had neither stopped it nor paused it where it ended.</summary>
    public bool IsCutOff => State == TrialState.StoppedEarly
        && Decisions is not [.., { Action: TrialDecisionKind.Stop or TrialDecisionKind.Pause }]
        && !(UntilResource <= Resource);

    /// <summary>True when it is over and was started.</summary>
    public bool IsFinished => State is TrialState.Completed or TrialState.StoppedEarly or TrialState.Failed;

    /// <summary>The configuration that it had at a resource level.</summary>
    /// <param name="resource">The level, at least 1.</param>
    public ParameterValues ValuesAt(int resource) => Lineage.Find(step => step.Resource >= resource)?.Before ?? Values;

    /// <summary>The final objective of a finished trial; null when it has none that is finite.</summary>
    public double? FinalObjective =>
        State is TrialState.Completed or TrialState.StoppedEarly && Result is { } result && double.IsFinite(result.Objective)
            ? result.Objective
            : null;
}

/// <summary>An attempt that is over.</summary>
/// <param name="Fence">The fence of its lease.</param>
/// <param name="Seq">Number of the report that ended it; 0 when it ended without one.</param>
public sealed record EndedAttempt(long Fence, long Seq);

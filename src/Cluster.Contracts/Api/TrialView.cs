namespace SearchCluster.Contracts.Api;

/// <summary>One trial.</summary>
public sealed record TrialView
{
    /// <summary>The trial.</summary>
    public required TrialId TrialId { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialState State { get; init; }

    /// <summary>Its configuration: the one that its objective was reached with, once it is over.</summary>
    public required ParameterValues Values { get; init; }

    /// <summary>The configuration that it ended with, where population based training changed it after its best measurement; else
    /// null.</summary>
    public ParameterValues? LastValues { get; init; }

    /// <summary>Its own seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Who chose the configuration and why.</summary>
    public required SuggestionOrigin Origin { get; init; }

    /// <summary>How many attempts were started.</summary>
    public required int Attempts { get; init; }

    /// <summary>The worker of the running attempt, or of the last one.</summary>
    public WorkerId? WorkerId { get; init; }

    /// <summary>Its objective value, final or so far; null before the first measurement.</summary>
    public double? Objective { get; init; }

    /// <summary>What it achieved; null while it runs.</summary>
    public TrialResult? Result { get; init; }

    /// <summary>True once it is over with fewer folds than the search asks for: its mean is over other rows, so that it ranks behind the
    /// complete trials.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Its configuration over all seeds, which it ranks by; null where each configuration is evaluated once, where several
    /// objectives are compared, and before the first result.</summary>
    public ConfigurationMean? Configuration { get; init; }

    /// <summary>Its latest measurement.</summary>
    public Measurement? Latest { get; init; }

    /// <summary>Why training ended by itself, or null.</summary>
    public TrainingStop? TrainingStop { get; init; }

    /// <summary>Why the scheduler stopped, paused or promoted it last, or null.</summary>
    public DecisionReason? Reason { get; init; }

    /// <summary>The last failure, or null.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>When its configuration was chosen.</summary>
    public required DateTimeOffset SuggestedAt { get; init; }

    /// <summary>When its first attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>All measurements; null when not asked for.</summary>
    public ValueArray<Measurement>? Curve { get; init; }

    /// <summary>Share of the training data that it uses; null for all.</summary>
    public double? DataFraction { get; init; }

    /// <summary>What the scheduler decided, in order; null for nothing.</summary>
    public ValueArray<TrialDecision>? Decisions { get; init; }

    /// <summary>Whose weights it took over, in order; null for nobody's.</summary>
    public ValueArray<LineageStep>? Lineage { get; init; }

    /// <summary>How its attempts lost their workers since it last got further, in order; null for not at all.</summary>
    public ValueArray<WorkerLoss>? Losses { get; init; }

    /// <summary>Where the end of the search cut it off, so that its result is that of a part of its training; null where it did
    /// not.</summary>
    public TrialCut? Cut { get; init; }
}

/// <summary>Where the end of the search cut a trial off.</summary>
/// <param name="Resource">The last resource level that it reached.</param>
/// <param name="Of">The level at which it would have ended by itself; null where nobody knows.</param>
public sealed record TrialCut(int Resource, int? Of);

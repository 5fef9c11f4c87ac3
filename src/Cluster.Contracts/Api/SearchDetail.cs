namespace SearchCluster.Contracts.Api;

/// <summary>Everything about a search but its trials.</summary>
public sealed record SearchDetail : IWithSearchId
{
    /// <summary>The search.</summary>
    public required SearchId SearchId { get; init; }

    /// <summary>The line of the list.</summary>
    public required SearchSummary Summary { get; init; }

    /// <summary>The budget as extended so far.</summary>
    public required BudgetSpec Budget { get; init; }

    /// <summary>Most trials at once; null for no limit.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Name of the sampler.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Name of the workload.</summary>
    public required string Workload { get; init; }

    /// <summary>Master seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Running time so far.</summary>
    public required TimeSpan ActiveTime { get; init; }

    /// <summary>Time so far in which at least one attempt ran; null from coordinators of earlier releases.</summary>
    public TimeSpan? BusyTime { get; init; }

    /// <summary>Since when it runs without a break: its start, last resume, or the last start of its coordinator; null when it does not
    /// run, and from coordinators of earlier releases.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Summed time of attempts so far.</summary>
    public required TimeSpan DeviceTime { get; init; }

    /// <summary>Summed measurements so far.</summary>
    public required long Epochs { get; init; }

    /// <summary>Why it ended or is ending; null while it runs.</summary>
    public SearchEndReason? EndReason { get; init; }

    /// <summary>The same for people.</summary>
    public string? EndExplanation { get; init; }

    /// <summary>What would end the search again at once, or give it no trial, if it were extended by trials; null where these let it go
    /// on.</summary>
    public SearchEndReason? EndsAgainBy { get; init; }

    /// <summary>The running trials.</summary>
    public required ValueArray<TrialView> Running { get; init; }

    /// <summary>The ensemble, or null.</summary>
    public EnsembleReport? Ensemble { get; init; }

    /// <summary>What happens to the ensemble.</summary>
    public required EnsembleProgress EnsembleState { get; init; }

    /// <summary>Why the ensemble could not be built, or null.</summary>
    public AttemptFailure? EnsembleFailure { get; init; }

    /// <summary>W3C trace id of the search, 32 hexadecimal digits; null when tracing was off.</summary>
    public string? TraceId { get; init; }

    /// <summary>Best objective so far after each finished trial that improved it.</summary>
    public required ValueArray<ImprovementView> History { get; init; }

    /// <summary>Grows with every change; equal revisions have equal content but for times.</summary>
    public required long Revision { get; init; }

    /// <summary>Stages of a coarse-to-fine search that began; null for none.</summary>
    public ValueArray<SpaceNarrowing>? Narrowings { get; init; }

    /// <summary>How far the members are that are trained for the ensemble; null when none are.</summary>
    public MemberCounts? EnsembleMembers { get; init; }

    /// <summary>What attempts warned of, each text once, in the order in which they came; null for nothing.</summary>
    public ValueArray<WarningView>? Warnings { get; init; }

    /// <summary>Reports of further warnings, which are too many to be kept one by one.</summary>
    public int OtherWarnings { get; init; }

    /// <summary>Where its journal cannot be read any further; null when it can.</summary>
    public SearchDamage? Damage { get; init; }

    /// <summary>
    /// What keeps it from going on at the moment and passes by itself once mended, for people:
    /// a full disk, a locked journal; null for nothing.
    /// </summary>
    public string? Trouble { get; init; }

    /// <summary>Since when <see cref="Trouble"/> lasts; null where nobody knows.</summary>
    public DateTimeOffset? TroubleSince { get; init; }

    /// <summary>Failed trials by cause, the most frequent first; null for none.</summary>
    public ValueArray<FailureCause>? Failures { get; init; }

    /// <summary>The data that its trials learned from; null before the first measurement, and for none.</summary>
    public DataIdentity? Data { get; init; }

    /// <summary>Workers that do not have its data, and get nothing of it for a while; null for none.</summary>
    public ValueArray<WorkerLack>? LackedBy { get; init; }

    /// <summary>What one measurement covers: <c>fold</c> in a cross-validation; null for an epoch.</summary>
    public string? ResourceUnit { get; init; }
}

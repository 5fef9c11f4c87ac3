using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Work;

/// <summary>What a worker is to do under one lease.</summary>
/// <param name="Lease">Under which it is done; each report carries it.</param>
/// <param name="TraceParent">W3C trace context of the dispatch span; null when tracing is off.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TrialAssignment), "trial")]
[JsonDerivedType(typeof(EnsembleAssignment), "ensemble")]
[JsonDerivedType(typeof(MemberAssignment), "member")]
public abstract record WorkAssignment(LeaseKey Lease, string? TraceParent);

/// <summary>Train one configuration.</summary>
/// <param name="Lease">Under which it is done; each report carries it.</param>
/// <param name="Values">The sampled configuration.</param>
/// <param name="Seed">The trial's own seed (initialisation, dropout).</param>
/// <param name="Plan">What all trials of the search have in common.</param>
/// <param name="FromResource">Measurements at or below this resource level are known already; a checkpoint at
/// most this old exists unless it was lost.</param>
/// <param name="UntilResource">Stop and keep the checkpoint at this resource level; null to train to the end.</param>
/// <param name="CheckpointOf">Start from another trial's checkpoint (population based training); null for the trial's own.</param>
/// <param name="TraceParent">W3C trace context of the dispatch span; null when tracing is off.</param>
/// <param name="DataFraction">Share of the training data to use; null for all.</param>
/// <param name="TakenOver">Where the trial took over another one's weights for the last time; null where it never did.</param>
public sealed record TrialAssignment(
    LeaseKey Lease,
    ParameterValues Values,
    ulong Seed,
    TrialPlan Plan,
    int FromResource = 0,
    int? UntilResource = null,
    TrialId? CheckpointOf = null,
    string? TraceParent = null,
    double? DataFraction = null,
    TakenOver? TakenOver = null) : WorkAssignment(Lease, TraceParent);

/// <summary>A trial whose weights are another one's since some resource level (population based training).</summary>
/// <remarks>What the other one measured before is not this trial's: its objective, its model and its values belong to its own
/// measurements.</remarks>
/// <param name="Resource">The level; the measurements above it are those of the weights and values that it has now.</param>
/// <param name="Best">Objective of the model that it saved before; null where it saved none. It is replaced by a better one only.</param>
public sealed record TakenOver(int Resource, double? Best);

/// <summary>Build, evaluate and save the ensemble.</summary>
/// <param name="Lease">Under which it is done; each report carries it.</param>
/// <param name="Ensemble">How.</param>
/// <param name="Members">The trials that vote, best first, with their configurations.</param>
/// <param name="Plan">What all trials of the search have in common.</param>
/// <param name="TraceParent">W3C trace context of the dispatch span; null when tracing is off.</param>
/// <param name="FailedMembers">Numbers of trained members that could not be trained and are left out; null for none.</param>
public sealed record EnsembleAssignment(
    LeaseKey Lease,
    EnsembleSpec Ensemble,
    ValueArray<EnsembleMember> Members,
    TrialPlan Plan,
    string? TraceParent = null,
    ValueArray<int>? FailedMembers = null) : WorkAssignment(Lease, TraceParent);

/// <summary>Train one member of an ensemble whose members are trained for it; its number is that of the leased item.</summary>
/// <param name="Lease">Under which it is done; each report carries it.</param>
/// <param name="Ensemble">How the ensemble is built.</param>
/// <param name="Members">The trials whose configurations it uses, best first.</param>
/// <param name="Plan">What all trials of the search have in common.</param>
/// <param name="TraceParent">W3C trace context of the dispatch span; null when tracing is off.</param>
public sealed record MemberAssignment(
    LeaseKey Lease,
    EnsembleSpec Ensemble,
    ValueArray<EnsembleMember> Members,
    TrialPlan Plan,
    string? TraceParent = null) : WorkAssignment(Lease, TraceParent);

/// <summary>One trial of an ensemble.</summary>
/// <param name="TrialId">Its number within the search.</param>
/// <param name="Values">Its configuration.</param>
/// <param name="Objective">Its objective value.</param>
public sealed record EnsembleMember(TrialId TrialId, ParameterValues Values, double Objective);

/// <summary>What all trials of a search have in common, as far as a worker needs it.</summary>
/// <param name="SearchSeed">Master seed of the search: data split and order of batches derive from it.</param>
/// <param name="Workload">What is trained.</param>
/// <param name="Data">On what, or null.</param>
/// <param name="Objective">How it is judged.</param>
/// <param name="EarlyStopping">Patience, or null.</param>
/// <param name="CheckpointEvery">Epochs between checkpoints.</param>
/// <param name="TrialTime">Longest time for one attempt, or null.</param>
/// <param name="AwaitsDecisions">True when an attempt trains on only after its measurement is decided, so that
/// a stopped trial ends where it was stopped.</param>
/// <param name="MemoryBytes">Most memory of one attempt, with the programs that it starts, or null.</param>
/// <param name="KnownData">The data that the search's trials learned from so far, which a worker compares with
/// its own; null before the first measurement.</param>
public sealed record TrialPlan(
    ulong SearchSeed,
    WorkloadSpec Workload,
    DataSpec? Data,
    ObjectiveSpec Objective,
    EarlyStoppingSpec? EarlyStopping,
    int CheckpointEvery = 1,
    TimeSpan? TrialTime = null,
    bool AwaitsDecisions = false,
    long? MemoryBytes = null,
    DataIdentity? KnownData = null)
{
    private const string NoScheduler = "none";

    /// <summary>The plan of a search's trials.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="knownData">The data that its trials learned from so far; null where that is unknown.</param>
    public static TrialPlan Of(SearchSpec spec, DataIdentity? knownData = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var awaits = spec.Reproducible is not null && spec.Scheduler is { Type: not NoScheduler };
        return new(
            spec.Seed,
            spec.Workload,
            spec.Data,
            spec.Objective,
            spec.EarlyStopping,
            spec.Checkpoint?.Every ?? 1,
            spec.Budget.TrialTime,
            awaits,
            spec.Resources?.MemoryBytes,
            knownData);
    }
}

/// <summary>Assignments that one slot runs together: one, or several trials of one fusion key that may train as
/// lanes of one network.</summary>
/// <param name="Items">At least one; each has its own lease, its own reports and its own end.</param>
/// <param name="Alone">Whether nothing else may run in the process until they are over, or one has got further than it ever was.</param>
public sealed record AssignmentGroup(
    ValueArray<WorkAssignment> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Alone = false);

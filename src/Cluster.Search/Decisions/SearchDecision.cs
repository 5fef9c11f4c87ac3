using SearchCluster.Search.Scheduling;

namespace SearchCluster.Search.Decisions;

/// <summary>What a command leads to.</summary>
/// <param name="Reply">The answer, to be sent once the events are written; null for a command without one.</param>
/// <param name="Events">What happened, in order; empty when nothing changes.</param>
public sealed record SearchDecision(IWithSearchId? Reply, ImmutableArray<ISearchEvent> Events);

/// <summary>What a decision may look at besides the state.</summary>
/// <param name="Now">The coordinator's clock, UTC.</param>
/// <param name="Scheduler">The search's trial scheduler.</param>
/// <param name="FenceBase">Where the fencing numbers of a search that is submitted now begin; null for 0.</param>
/// <param name="StorageMendedAt">When the storage was last seen to take writes again after it took none; null for never.</param>
public sealed record DecisionContext(
    DateTimeOffset Now, ITrialScheduler Scheduler, long? FenceBase = null, DateTimeOffset? StorageMendedAt = null);

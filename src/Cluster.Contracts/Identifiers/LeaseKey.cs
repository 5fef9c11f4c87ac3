namespace SearchCluster.Contracts.Identifiers;

/// <summary>Identifies one lease: a worker's right to run one attempt of one item until a deadline.</summary>
/// <param name="SearchId">Name of the search that gave the lease.</param>
/// <param name="Item">What is leased.</param>
/// <param name="Attempt">Which try at the item this is, from 1.</param>
/// <param name="Fence">Fencing number; grows with every lease of the search, so a report with an older one is stale.</param>
public readonly record struct LeaseKey(SearchId SearchId, WorkItem Item, int Attempt, long Fence)
{
    /// <inheritdoc />
    public override string ToString() => $"{SearchId}/{Item}#{Attempt}@{Fence}";
}

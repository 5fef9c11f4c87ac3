namespace SearchCluster.Simulation.Bugs.Journal;

/// <summary>Takes the last fence from the leases that are open.</summary>
internal sealed class ReusedFences : PlantedBug
{
    public override string Description => "a snapshot forgets the last fence, so that after a recovery fences are given again";

    public override object Snapshot(object snapshot) => snapshot is SearchSnapshot saved
        ? saved with { LastFence = saved.Leases.Select(lease => lease.Lease.Fence).DefaultIfEmpty(0).Max() }
        : snapshot;
}

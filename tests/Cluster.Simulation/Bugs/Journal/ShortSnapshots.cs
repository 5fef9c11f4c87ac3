namespace SearchCluster.Simulation.Bugs.Journal;

/// <summary>A snapshot lacks the last event that it says it has.</summary>
internal sealed class ShortSnapshots : PlantedBug
{
    public override string Description => "a snapshot is one event short, so that a recovery skips one";

    public override long SnapshotNumber(long sequenceNr) => sequenceNr + 1;
}

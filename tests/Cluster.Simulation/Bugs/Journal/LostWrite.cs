namespace SearchCluster.Simulation.Bugs.Journal;

/// <summary>Loses the last event with the process.</summary>
internal sealed class LostWrite : PlantedBug
{
    public override string Description => "the journal confirms what only memory has, so that a kill takes the last event";

    public override bool LosesLastEvent => true;
}

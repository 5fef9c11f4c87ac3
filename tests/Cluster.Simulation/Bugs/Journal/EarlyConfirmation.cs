namespace SearchCluster.Simulation.Bugs.Journal;

/// <summary>Confirms what is not yet written.</summary>
internal sealed class EarlyConfirmation : PlantedBug
{
    public override string Description => "results are acknowledged before they are written";

    public override bool ConfirmsBeforeWriting => true;
}

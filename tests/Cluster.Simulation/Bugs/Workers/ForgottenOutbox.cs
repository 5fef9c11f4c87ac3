namespace SearchCluster.Simulation.Bugs.Workers;

/// <summary>Drops an outcome before it is acknowledged.</summary>
internal sealed class ForgottenOutbox : PlantedBug
{
    public override string Description => "the outbox is emptied before the outcomes in it are acknowledged";

    public override void Starting(string folder) => File.Delete(Path.Combine(folder, "outbox.bin"));
}

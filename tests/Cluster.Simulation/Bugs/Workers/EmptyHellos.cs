using SearchCluster.Simulation.Checks;
using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation.Bugs.Workers;

/// <summary>Says hello without what runs.</summary>
internal sealed class EmptyHellos : PlantedBug
{
    public override string Description => "a worker's hello does not name the attempts that it runs";

    public override object Up(Ledger cluster, SimWorker worker, object message) =>
        message is WorkerProtocol.WorkerHello hello ? hello with { Held = [] } : message;
}

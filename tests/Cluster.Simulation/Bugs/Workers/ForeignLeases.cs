using SearchCluster.Simulation.Checks;
using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation.Bugs.Workers;

/// <summary>Keeps leases alive that are not its own.</summary>
internal sealed class ForeignLeases : PlantedBug
{
    public override string Description => "a heartbeat renews the leases of other workers, also of those that are gone";

    public override object Up(Ledger cluster, SimWorker worker, object message) => message is WorkerProtocol.WorkerHello hello
        ? hello with { Held = hello.Held.Union(cluster.OpenLeases).ToValueArray() }
        : message;
}

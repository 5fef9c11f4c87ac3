using SearchCluster.Simulation.Checks;
using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation.Bugs.Workers;

/// <summary>Counts a slot that is taken as free.</summary>
internal sealed class SlotTooMany : PlantedBug
{
    public override string Description => "a slot that is taken counts as free";

    public override object Up(Ledger cluster, SimWorker worker, object message) => message switch
    {
        WorkerProtocol.WorkerHello hello => hello with { Worker = hello.Worker with { Slots = worker.Slots + 1 } },
        WorkerProtocol.RequestWork request => request with { FreeSlots = request.FreeSlots + 1 },
        _ => message,
    };
}

using SearchCluster.Simulation.Checks;
using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation.Bugs.Workers;

/// <summary>Says that it is drained and goes on asking for work.</summary>
internal sealed class IgnoredDrain : PlantedBug
{
    private const long HighNumber = 1_000_000;

    public override string Description => "a worker that is drained is given work all the same";

    public override object Up(Ledger cluster, SimWorker worker, object message) =>
        message is WorkerProtocol.WorkerHello { Drain: not null } hello && cluster.Drained.ContainsKey(worker.Id)
            ? cluster.HellosHeard++ % 2 == 0
                ? hello with { Drain = null }
                : new WorkerProtocol.RequestWork(worker.Id, hello.Worker.Incarnation, HighNumber + cluster.HellosHeard, worker.Slots)
            : message;
}

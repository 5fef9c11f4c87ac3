using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation.Bugs.Workers;

/// <summary>Does not drop what is not its own any more.</summary>
internal sealed class DeafToStale : PlantedBug
{
    public override string Description => "a worker goes on with an attempt that was superseded";

    public override object? Down(SimWorker worker, object message) => message is WorkerProtocol.StaleLease ? null : message;
}

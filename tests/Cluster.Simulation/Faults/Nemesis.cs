using SearchCluster.Simulation.Engine;
using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation.Faults;

/// <summary>Strikes processes, connections and the journal for a while, and then makes all well again.</summary>
/// <param name="cluster">What it strikes.</param>
/// <param name="client">Says what a person would.</param>
internal sealed class Nemesis(SimCluster cluster, SimClient client)
{
    private World World => cluster.World;

    public void Begin()
    {
        World.At(cluster.Faults.Lasts, null, Heal);
        Next();
    }

    private void Next()
    {
        if (cluster.Faults.SecondsBetweenBlows is { } mean)
        {
            World.At(World.Between(0.1, 2 * mean), null, () =>
            {
                if (cluster.MayFail)
                {
                    Strike(cluster.Faults.Blows[(int)World.Random.NextBelow((ulong)cluster.Faults.Blows.Count)]);
                    Next();
                }
            });
        }
    }

    private void Strike(Blow blow)
    {
        var worker = cluster.Workers[(int)World.Random.NextBelow((ulong)cluster.Workers.Count)];
        switch (blow)
        {
            case Blow.KillWorker:
                Kill(worker);
                break;
            case Blow.FreezeWorker when worker is { IsUp: true, Process: { IsFrozen: false } process }:
                worker.Freeze();
                World.At(World.Between(0.5, 40), null, () => worker.Thaw(process));
                break;
            case Blow.LeaveWorker:
                worker.Leave();
                World.At(World.Between(5, 40), null, worker.Start);
                break;
            case Blow.BreakConnection:
                worker.Break();
                break;
            case Blow.Partition when !worker.IsCutOff:
                World.Note($"{worker.Name} is cut off");
                worker.CutOff();
                World.At(World.Between(0.2, 40), null, () => worker.Heal(World.Chance(0.5)));
                break;
            case Blow.KillCoordinator:
                cluster.Coordinator.Kill();
                World.At(World.Between(0.1, 25), null, cluster.Coordinator.Start);
                break;
            case Blow.FreezeCoordinator when cluster.Coordinator is { IsUp: true, Process: { IsFrozen: false } process }:
                cluster.Coordinator.Freeze();
                World.At(World.Between(0.2, 10), null, () => cluster.Coordinator.Thaw(process));
                break;
            case Blow.JournalOut:
                World.Note("the journal takes no writes");
                cluster.Journal.IsOut = true;
                World.At(World.Between(0.2, 5), null, () => cluster.Journal.IsOut = false);
                break;
            case Blow.Drain:
                client.Drain(worker, isDrained: true);
                World.At(World.Between(2, 40), null, () => client.Drain(worker, isDrained: false));
                break;
            case Blow.Pause:
                client.Pause(isPaused: true);
                World.At(World.Between(1, 15), null, () => client.Pause(isPaused: false));
                break;
        }
    }

    private void Kill(SimWorker worker)
    {
        worker.Kill();
        if (World.Chance(0.1) && cluster.Workers.Count(other => !other.IsGone) > 1)
        {
            World.Note($"{worker.Name} does not come back");
            worker.IsGone = true;
        }
        else
        {
            World.At(World.Between(0.05, 20), null, worker.Start);
        }
    }

    // What was to happen later may still happen; nothing new goes wrong.
    private void Heal()
    {
        World.Note("nothing goes wrong from here on");
        cluster.Journal.MayFail = false;
        cluster.Ledger.Disturbed();
    }
}

using Akka.Actor;
using SearchCluster.Contracts;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Nodes;

/// <summary>The coordinator's process: the product's search manager with all that is below it.</summary>
/// <param name="cluster">What surrounds it.</param>
internal sealed class SimCoordinator(SimCluster cluster)
{
    private int _processes;
    private int _managers;

    /// <summary>The version that all processes are of.</summary>
    public static string Version => ProductVersion.Current;

    public SimProcess? Process { get; private set; }

    /// <summary>The search manager; null while it is stopped.</summary>
    public IActorRef? Manager { get; private set; }

    public bool IsUp => Process is { IsDead: false };

    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        Process = cluster.World.Begin(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"c{++_processes}"));
        cluster.World.Note($"coordinator {Process.Name} starts");
        StartManager(Process, Settings(Process));
    }

    public void Kill()
    {
        if (Process is not { IsDead: false } process)
        {
            return;
        }

        cluster.World.Note($"coordinator {process.Name} is killed");
        cluster.Ledger.Disturbed();
        process.Kill();
        Manager = null;
        cluster.Journal.Settle(process);
        foreach (var worker in cluster.Workers)
        {
            worker.Break();
        }
    }

    public void Freeze()
    {
        cluster.World.Note("the coordinator freezes");
        cluster.Ledger.Disturbed();
        Process!.Freeze();
    }

    public void Thaw(SimProcess process)
    {
        if (process is { IsDead: false, IsFrozen: true })
        {
            cluster.World.Note("the coordinator thaws");
            cluster.Ledger.Disturbed();
            process.Thaw(cluster.World);
        }
    }

    private void StartManager(SimProcess process, CoordinatorSettings settings)
    {
        var manager = cluster.System.ActorOf(
            Props.Create(() => new SearchManagerActor(settings)), $"{process.Name}-manager{++_managers}");
        Manager = manager;
        cluster.WhenStopped(manager, () =>
        {
            if (!process.IsDead)
            {
                cluster.World.Note("the search manager stopped and starts again");
                Manager = null;
                cluster.World.At(settings.MinimumBackoff, process, () => StartManager(process, settings));
            }
        });
    }

    private CoordinatorSettings Settings(SimProcess process)
    {
        var clock = new SimClock(cluster.World, process);
        return new(
            SimCluster.LeaseTime, TimeSpan.FromSeconds(3), cluster.Plan.SnapshotInterval, Version, clock.GetUtcNow(), clock)
        {
            Background = compute => Compute(process, compute),
            Decide = cluster.Bug.Decide,
        };
    }

    private Task<SearchCommands.RecordSuggestions> Compute(SimProcess process, Func<SearchCommands.RecordSuggestions> compute)
    {
        var done = new TaskCompletionSource<SearchCommands.RecordSuggestions>();
        cluster.World.At(cluster.World.Between(0.001, 0.05), process, () => done.SetResult(compute()));
        return done.Task;
    }
}

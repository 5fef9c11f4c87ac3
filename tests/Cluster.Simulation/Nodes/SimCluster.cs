using Akka.Actor;
using Akka.Event;
using SearchCluster.Simulation.Bugs;
using SearchCluster.Simulation.Checks;
using SearchCluster.Simulation.Engine;
using SearchCluster.Simulation.Faults;
using SearchCluster.Simulation.Storage;

namespace SearchCluster.Simulation.Nodes;

/// <summary>The coordinator, the workers, and what lies between them.</summary>
internal sealed class SimCluster
{
    private readonly IActorRef _watcher;

    public SimCluster(World world, SearchPlan plan, FaultProfile faults, PlantedBug bug, string folder)
    {
        (World, Plan, Faults, Bug) = (world, plan, faults, bug);
        Journal = new SimJournal(world, faults, bug);
        Ledger = new Ledger(world, plan, Artifacts, this);
        Journal.Appended = Ledger.Appended;
        Journal.Saved = Ledger.Saved;
        Journal.AtWrite = KillAtWrite;
        System = SimulatedSystem.Create(Journal);
        System.EventStream.Subscribe(SimRef.Local(System, "errors", (error, _) => Ledger.Failed((Error)error)), typeof(Error));
        _watcher = System.ActorOf(Props.Create<Watcher>(), "watcher");
        Coordinator = new SimCoordinator(this);
        Workers = [.. plan.Slots.Select((slots, index) => new SimWorker(this, $"w{index + 1}", slots, folder))];
    }

    /// <summary>How long a lease lasts without a heartbeat.</summary>
    public static TimeSpan LeaseTime { get; } = TimeSpan.FromSeconds(15);

    public World World { get; }

    public SearchPlan Plan { get; }

    public FaultProfile Faults { get; }

    public PlantedBug Bug { get; }

    public ActorSystem System { get; }

    public SimJournal Journal { get; }

    public SimArtifacts Artifacts { get; } = new();

    public Ledger Ledger { get; }

    public SimCoordinator Coordinator { get; }

    public IReadOnlyList<SimWorker> Workers { get; }

    /// <summary>True while chance has its way.</summary>
    public bool MayFail => Journal.MayFail;

    /// <summary>Brings a message to the search manager, if there is one.</summary>
    public void Deliver(object message, IActorRef sender)
    {
        if (message is WorkerProtocol.WorkerHello hello)
        {
            Ledger.Heard(hello);
        }

        if (Coordinator.Manager is { } manager)
        {
            World.Note($"manager hears {Described.Of(message)}");
            manager.Tell(message, sender);
        }
    }

    /// <summary>Kills a worker around a message of it, where chance wants it.</summary>
    public bool IsKilledAtSend(SimWorker worker)
    {
        if (!MayFail || !World.Chance(Faults.KilledAtSend))
        {
            return false;
        }

        worker.Kill();
        World.At(World.Between(0.1, 10), null, worker.Start);
        return true;
    }

    public void WhenStopped(IActorRef actor, Action action) => _watcher.Tell(new Watch(actor, action));

    private void KillAtWrite(SimProcess? process, bool isBefore)
    {
        if (MayFail && process == Coordinator.Process && World.Chance(Faults.KilledAtWrite))
        {
            World.Note(isBefore ? "killed before a write" : "killed after a write");
            Coordinator.Kill();
            World.At(World.Between(0.1, 10), null, Coordinator.Start);
        }
    }

    private sealed record Watch(IActorRef Actor, Action Action);

    private sealed class Watcher : UntypedActor
    {
        private readonly Dictionary<IActorRef, Action> _watched = [];

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Watch watch:
                    _watched.Add(Context.Watch(watch.Actor), watch.Action);
                    break;
                case Terminated terminated when _watched.Remove(terminated.ActorRef, out var action):
                    action();
                    break;
            }
        }
    }
}

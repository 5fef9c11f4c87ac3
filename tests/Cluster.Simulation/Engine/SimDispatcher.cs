using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace SearchCluster.Simulation.Engine;

/// <summary>Makes the one dispatcher of a simulated actor system.</summary>
internal sealed class SimDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SimDispatcher _dispatcher;

    public SimDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new(this, World.Current);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>Hands the turns of actors to the world, one message a turn.</summary>
internal sealed class SimDispatcher : MessageDispatcher
{
    private static readonly Func<Mailbox, ActorCell?> CellOf = typeof(Mailbox)
        .GetProperty("Actor", BindingFlags.Instance | BindingFlags.NonPublic)!.GetMethod!.CreateDelegate<Func<Mailbox, ActorCell?>>();

    private readonly World _world;
    private readonly Dictionary<Mailbox, SimProcess?> _owners = new(ReferenceEqualityComparer.Instance);

    public SimDispatcher(MessageDispatcherConfigurator configurator, World world)
        : base(configurator)
    {
        _world = world;
        Throughput = 1;
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    protected override void ExecuteTask(IRunnable run) => _world.Enqueue(run, run is Mailbox mailbox ? OwnerOf(mailbox) : null);

    protected override void Shutdown()
    {
    }

    private SimProcess? OwnerOf(Mailbox mailbox)
    {
        if (!_owners.TryGetValue(mailbox, out var owner))
        {
            owner = CellOf(mailbox) is { } cell ? Paths.OwnerOf(_world, cell.Self.Path) : null;
            _owners.Add(mailbox, owner);
        }

        return owner;
    }
}

/// <summary>Which process an actor belongs to, by its path.</summary>
internal static class Paths
{
    public static SimProcess? OwnerOf(World world, ActorPath path) =>
        path.Elements is ["user", var name, ..] ? world.ProcessOf(name) : null;
}

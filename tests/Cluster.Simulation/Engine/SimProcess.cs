using Akka.Dispatch;

namespace SearchCluster.Simulation.Engine;

/// <summary>One process of the simulated cluster: it can be frozen and thawed, and killed, after which nothing of it runs.</summary>
/// <param name="name">Start of the names of its actors, up to the first '-'.</param>
internal sealed class SimProcess(string name)
{
    private readonly Queue<IRunnable> _heldRuns = new();
    private readonly Queue<Action> _heldActions = new();

    public string Name => name;

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; private set; }

    /// <summary>As <c>kill -9</c>: what waits to run is lost, no actor is told.</summary>
    public void Kill() => IsDead = true;

    /// <summary>As <c>SIGSTOP</c>.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>Keeps an actor's turn until the process runs again.</summary>
    public void Hold(IRunnable run) => _heldRuns.Enqueue(run);

    /// <summary>Keeps a timer that became due until the process runs again.</summary>
    public void Hold(Action action) => _heldActions.Enqueue(action);

    /// <summary>As <c>SIGCONT</c>.</summary>
    /// <param name="world">Takes up what was held.</param>
    public void Thaw(World world)
    {
        IsFrozen = false;
        while (_heldRuns.TryDequeue(out var run))
        {
            world.Enqueue(run, this);
        }

        while (_heldActions.TryDequeue(out var action))
        {
            world.At(TimeSpan.Zero, this, action);
        }
    }
}

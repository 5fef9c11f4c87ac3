using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>A worker that takes one lease and keeps it, without ever training.</summary>
internal sealed class HoldingWorkerActor(IActorRef manager, TaskCompletionSource<LeaseKey> taken) : UntypedActor, IWithTimers
{
    /// <summary>Name of its machine.</summary>
    public const string Node = "w1";

    /// <summary>Its own name.</summary>
    public const string Name = "holding";

    private static readonly WorkerDescription Worker = new(
        new WorkerId(Name),
        "one",
        new DeviceDescription("cpu", "test", 0),
        1,
        ValueMap<string>.Empty.With(NodeName.Label, Node),
        ProductVersion.Current);

    private LeaseKey[] _held = [];
    private bool _hasAsked;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("hello", "hello", TimeSpan.Zero, TimeSpan.FromSeconds(1));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case "hello":
                manager.Tell(new WorkerProtocol.WorkerHello(Worker, _held.ToValueArray()));
                break;
            case WorkerProtocol.WorkerWelcome when !_hasAsked:
                _hasAsked = true;
                manager.Tell(new WorkerProtocol.RequestWork(Worker.WorkerId, Worker.Incarnation, 1, 1));
                break;
            case WorkerProtocol.WorkAssigned assigned:
                _held = [.. assigned.Groups.SelectMany(group => group.Items).Select(item => item.Lease)];
                taken.TrySetResult(_held[0]);
                break;
        }
    }
}

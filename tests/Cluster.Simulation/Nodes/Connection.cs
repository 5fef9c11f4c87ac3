using Akka.Actor;
using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Nodes;

/// <summary>One connection of a worker to the coordinator. What it carries arrives in order, later, or not at all.</summary>
/// <remarks>A message may come a second time, late, even after the connection has ended: so does what lay in a buffer.</remarks>
internal sealed class Connection
{
    private readonly SimCluster _cluster;
    private readonly SimWorker _worker;
    private readonly SimProcess _process;
    private readonly List<Action> _stalled = [];
    private TimeSpan _lastUp;
    private TimeSpan _lastDown;

    public Connection(SimCluster cluster, SimWorker worker, SimProcess process, int number)
    {
        (_cluster, _worker, _process) = (cluster, worker, process);
        ToCoordinator = SimRef.Local(cluster.System, $"{worker.Name}-up-{number}", SendUp);
        var address = new Address("akka.tcp", "sim", $"{worker.Name}.worker.invalid", number);
        ToWorker = new SimRef(cluster.System, new RootActorPath(address) / "user" / "agent", SendDown);
    }

    /// <summary>What the agent takes for the search manager.</summary>
    public SimRef ToCoordinator { get; }

    /// <summary>What the coordinator takes for the agent.</summary>
    public SimRef ToWorker { get; }

    public bool IsOpen { get; private set; } = true;

    public IActorRef? Agent { get; set; }

    /// <summary>It is over; what is on its way is lost.</summary>
    public void Close()
    {
        IsOpen = false;
        _stalled.Clear();
    }

    /// <summary>The network carries again.</summary>
    public void Flush()
    {
        foreach (var send in _stalled.ToList())
        {
            send();
        }

        _stalled.Clear();
    }

    private void SendUp(object message, IActorRef sender)
    {
        if (_process.IsDead || _cluster.IsKilledAtSend(_worker))
        {
            return;
        }

        _cluster.Ledger.Sent(_worker, message);
        var changed = _cluster.Bug.Up(_cluster.Ledger, _worker, message);
        Post(changed, isUp: true, () => _cluster.Deliver(changed, ToWorker));
        _cluster.IsKilledAtSend(_worker);
    }

    private void SendDown(object message, IActorRef sender)
    {
        _cluster.Ledger.Answered(_worker, message);
        if (_cluster.Bug.Down(_worker, message) is not { } changed)
        {
            return;
        }

        // An actor in the coordinator that expects an answer gets it over the same connection.
        var back = SimRef.Local(_cluster.System, "back", (answer, _) => Post(answer, isUp: true, () => sender.Tell(answer, ToWorker)));
        Post(changed, isUp: false, () =>
        {
            if (!_process.IsDead && _worker.AgentOf(_process) is { } agent)
            {
                _cluster.World.Note($"{_worker.Name} hears {Described.Of(changed)}");
                agent.Tell(changed, changed is Identify ? back : ToCoordinator);
            }
        });
    }

    private void Post(object message, bool isUp, Action deliver)
    {
        var world = _cluster.World;
        if (!IsOpen)
        {
            return;
        }

        if (_worker.IsCutOff)
        {
            _stalled.Add(() => Post(message, isUp, deliver));
            return;
        }

        if (_cluster.MayFail && world.Chance(_cluster.Faults.Loss))
        {
            world.Note($"network: lost {Described.Of(message)} of {_worker.Name}");
            return;
        }

        var due = world.Now + world.Between(0.0002, _cluster.Faults.Latency);
        ref var last = ref isUp ? ref _lastUp : ref _lastDown;
        last = due > last ? due : last;
        world.At(last - world.Now, null, () =>
        {
            if (IsOpen)
            {
                deliver();
            }
        });
        if (_cluster.MayFail && world.Chance(_cluster.Faults.Duplicate))
        {
            world.At(last - world.Now + world.Between(0, 5), null, () =>
            {
                world.Note($"network: again {Described.Of(message)} of {_worker.Name}");
                deliver();
            });
        }
    }
}

/// <summary>Messages in a trace.</summary>
internal static class Described
{
    public static string Of(object message) => message switch
    {
        SearchCommands.ReportMeasurement report => $"ReportMeasurement {report.Lease} seq {report.Seq} level {report.Measurement.Resource}",
        SearchCommands.ReportOutcome report => $"ReportOutcome {report.Lease} seq {report.Seq} {report.Outcome.GetType().Name}",
        SearchCommands.ReleaseLease release => $"ReleaseLease {release.Lease}",
        WorkerProtocol.ReportAccepted accepted => $"ReportAccepted {accepted.Lease} seq {accepted.Seq}",
        WorkerProtocol.ResendReports resend => $"ResendReports {resend.Lease} from {resend.FromSeq}",
        WorkerProtocol.StaleLease stale => $"StaleLease {stale.Lease}",
        WorkerProtocol.CancelAttempt cancel => $"CancelAttempt {cancel.Lease}",
        WorkerProtocol.WorkerHello hello =>
            $"WorkerHello {hello.Worker.Incarnation} holds [{string.Join(", ", hello.Held)}]{(hello.Drain is null ? "" : " drained")}",
        WorkerProtocol.RequestWork request => $"RequestWork #{request.RequestId} free {request.FreeSlots}",
        WorkerProtocol.WorkAssigned assigned => $"WorkAssigned #{assigned.RequestId} [{string.Join(", ", Leases(assigned))}]",
        WorkerProtocol.WorkerRefused refused => $"WorkerRefused: {refused.Message}",
        _ => message.GetType().Name,
    };

    private static IEnumerable<LeaseKey> Leases(WorkerProtocol.WorkAssigned assigned) =>
        assigned.Groups.SelectMany(group => group.Items, (_, item) => item.Lease);
}

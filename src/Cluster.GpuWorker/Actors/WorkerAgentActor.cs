using Akka.Actor;
using Akka.Event;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Options;

namespace SearchCluster.GpuWorker.Actors;

/// <summary>Speaks for the worker: hello, pull, reports. It never trains and never waits; all it knows about
/// attempts it reads from the host.</summary>
/// <remarks>
/// It may be stopped and started again at any time, in another actor system: a new one says hello with the leases the host holds and sends
/// every report that is not acknowledged. Every message may be lost or come twice.
/// </remarks>
#pragma warning disable CA1001 // An actor's end is PostStop, which disposes them.
internal sealed class WorkerAgentActor : UntypedActor, IWithTimers
#pragma warning restore CA1001
{
    private static readonly TimeSpan HelloUntilWelcome = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(5);

    private readonly AttemptHost _host;
    private readonly IActorRef _manager;
    private readonly IWorkerConnection _connection;
    private readonly WorkerTimings _timings;
    private readonly TimeProvider _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ReportDelivery _delivery;
    private readonly WorkRequests _requests;
    private HostSignal? _signal;
    private TimeSpan? _heartbeat;
    private long _lastWelcome;
    private string? _warning;
    private Leaving? _leaving;

    public WorkerAgentActor(AttemptHost host, IActorRef manager, IWorkerConnection connection, WorkerTimings timings, TimeProvider clock)
    {
        (_host, _manager, _connection, _timings, _clock) = (host, manager, connection, timings, clock);
        _delivery = new(clock, timings);
        _requests = new(host, clock, timings.Heartbeat);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        AttemptHost host, IActorRef manager, IWorkerConnection connection, WorkerTimings timings, TimeProvider clock) =>
        Akka.Actor.Props.Create(() => new WorkerAgentActor(host, manager, connection, timings, clock));

    protected override void PreStart()
    {
        _signal = new(_host, Self);
        Timers.StartPeriodicTimer(
            nameof(AgentMessages.HeartbeatTick), new AgentMessages.HeartbeatTick(), Shorter(HelloUntilWelcome, _timings.Heartbeat));
        Timers.StartPeriodicTimer(nameof(AgentMessages.ResendTick), new AgentMessages.ResendTick(), _timings.ResendAfter / 2);

        // Results of an earlier process go first: the hello that follows tells the coordinator that this process is a new one.
        SendReports();
        SayHello();
    }

    protected override void PostStop()
    {
        _signal?.Dispose();
        _delivery.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AgentMessages.HostChanged: OnHostChanged(); break;
            case AgentMessages.HeartbeatTick: SayHello(); break;
            case AgentMessages.ResendTick: Pump(); break;
            case AgentMessages.Leave: OnLeave(); break;
            case WorkerProtocol.WorkerWelcome welcome: OnWelcome(welcome); break;
            case WorkerProtocol.WorkerRefused refused: _connection.Refused(refused.Message); break;
            case WorkerProtocol.WorkAssigned assigned: OnAssigned(assigned); break;
            case WorkerProtocol.ReportAccepted accepted: OnAccepted(accepted); break;
            case WorkerProtocol.ResendReports resend: OnResend(resend); break;
            case WorkerProtocol.StaleLease stale: OnStale(stale); break;
            case WorkerProtocol.CancelAttempt cancel: OnCancel(cancel.Lease, cancel.Message); break;
            case WorkerProtocol.SetDrain drain: OnSetDrain(drain); break;
            case ActorIdentity: OnLastWordsRead(); break;
            default: Unhandled(message); break;
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void SayHello() => Tell(new WorkerProtocol.WorkerHello(
        _host.Worker, _host.Held, _heartbeat is null ? _host.Former : null, _host.Drain, _host.FormerCleanExits));

    private void OnWelcome(WorkerProtocol.WorkerWelcome welcome)
    {
        // The coordinator is new, or was away: what it was asked and told before may be lost.
        if (_heartbeat is null || _clock.GetElapsedTime(_lastWelcome) > 2 * _heartbeat)
        {
            _log.Info("{WorkerId} is connected and holds {Leases}", welcome.WorkerId, Counted.Of(_host.Held.Count, "lease"));
            _delivery.ResendAll();
            _requests.AskAgain();
        }

        if (_heartbeat != welcome.HeartbeatInterval)
        {
            _heartbeat = welcome.HeartbeatInterval;
            Timers.StartPeriodicTimer(nameof(AgentMessages.HeartbeatTick), new AgentMessages.HeartbeatTick(), welcome.HeartbeatInterval);
        }

        if (welcome.Warning is { } warning && warning != _warning)
        {
            _log.Warning("The coordinator warns: {Warning}", warning);
        }

        _warning = welcome.Warning;
        _lastWelcome = _clock.GetTimestamp();
        _connection.Welcomed(welcome);
        Pump();
    }

    private void OnAssigned(WorkerProtocol.WorkAssigned assigned)
    {
        _requests.Answered(assigned.RequestId);
        foreach (var group in assigned.Groups)
        {
            if (_host.TryStart(group) == StartResult.NoFreeSlot)
            {
                // What was on its way when this worker was drained is no surprise.
                _log.Log(
                    _host.Drain is null ? Akka.Event.LogLevel.WarningLevel : Akka.Event.LogLevel.InfoLevel,
                    null,
                    "Request {RequestId} brought a group more than there are free slots; it is given back",
                    assigned.RequestId);
                GiveBack(group);
            }
        }

        Pump();
    }

    private void GiveBack(AssignmentGroup group)
    {
        foreach (var item in group.Items)
        {
            Tell(new SearchCommands.ReleaseLease(item.Lease, item is TrialAssignment trial ? trial.FromResource : 0));
        }
    }

    private void OnAccepted(WorkerProtocol.ReportAccepted accepted)
    {
        _delivery.Accepted(accepted.Lease, accepted.Seq);
        if (accepted.Decision is { Action: not SchedulingAction.Continue } decision)
        {
            // Before the acknowledgement, which lets an attempt go on that waits for the decision.
            OnCancel(accepted.Lease, decision.Reason.Text);
        }

        _host.Acknowledge(accepted.Lease, accepted.Seq);
        Pump();
    }

    private void OnResend(WorkerProtocol.ResendReports resend)
    {
        _delivery.Resend(resend.Lease, resend.FromSeq);
        Pump();
    }

    private void OnStale(WorkerProtocol.StaleLease stale)
    {
        _log.Debug("{Lease} is not this worker's any more: {Reason}", stale.Lease, stale.Message);
        _delivery.Forget(stale.Lease);
        _host.Forget(stale.Lease);
        Pump();
    }

    private void OnCancel(LeaseKey lease, string reason)
    {
        if (_host.Cancel(lease))
        {
            _log.Info("{Lease} is to end: {Reason}", lease, reason);
        }
    }

    // It is said until the hello shows it, so it may come again: what is done already is not done anew.
    private void OnSetDrain(WorkerProtocol.SetDrain drain)
    {
        if (drain.IsDrained ? _host.Drain is null || (drain.GiveBack && !_host.Drain.GivesBack) : _host.Drain is not null)
        {
            _host.SetDrain(drain.IsDrained, drain.GiveBack);
            _log.Info(
                drain is { IsDrained: true, GiveBack: true } ? "Drained: no more work is taken, and what runs is given back"
                : drain.IsDrained ? "Drained: no more work is taken; what runs may finish"
                : "Takes work again");
            _requests.AskAgain();
        }

        SayHello();
        Pump();
    }

    private void OnHostChanged()
    {
        _signal?.Taken();
        Pump();
    }

    // Reports and the request for work leave together, so that the coordinator writes both in one group. Free slots are counted before
    // the reports are read: the end of whatever freed them is then among these, and reaches the coordinator before the request.
    private void Pump()
    {
        var request = _heartbeat is not null && _leaving is null && _connection.MayWork ? _requests.Next() : null;
        SendReleased();
        SendReports();
        if (request is not null)
        {
            Tell(request);
        }

        if (_leaving is not null)
        {
            ContinueLeaving(_leaving);
        }
    }

    private void SendReports()
    {
        foreach (var report in _delivery.Next(_host.Pending(ReportRules.Window)))
        {
            Tell(report);
        }
    }

    private void SendReleased(bool includeRunning = false)
    {
        foreach (var (lease, resource) in _host.TakeReleased(includeRunning))
        {
            Tell(new SearchCommands.ReleaseLease(lease, resource));
        }
    }

    private void OnLeave()
    {
        _leaving ??= new Leaving(Sender, _clock.GetTimestamp());
        _host.BeginShutdown();
        Pump();
    }

    private void ContinueLeaving(Leaving leaving)
    {
        leaving.StoppedAt ??= _host.Stopped.IsCompleted ? _clock.GetTimestamp() : null;
        var isDelivered = _host.Pending(1).Count == 0
            || _heartbeat is null
            || (leaving.StoppedAt is { } stopped && _clock.GetElapsedTime(stopped) >= DeliveryLimit);
        if (!(leaving.StoppedAt is not null && isDelivered) && _clock.GetElapsedTime(leaving.Since) < _timings.LeaveLimit)
        {
            return;
        }

        if (!leaving.SaidGoodbye)
        {
            leaving.SaidGoodbye = true;
            SendReleased(includeRunning: true);
            Tell(new WorkerProtocol.WorkerGoodbye(_host.Worker.WorkerId, _host.Worker.Incarnation));

            // Answered after all that is before it in the mailbox: a manager in this process must not be
            // stopped with our last words unread.
            Tell(new Identify(null));
        }
    }

    private void OnLastWordsRead()
    {
        _leaving?.Requester.Tell(new AgentMessages.Left(), Self);
        Context.Stop(Self);
    }

    private void Tell(object message) => _manager.Tell(message, Self);

    /// <summary>An orderly shutdown under way.</summary>
    private sealed class Leaving(IActorRef requester, long since)
    {
        public IActorRef Requester => requester;

        public long Since => since;

        /// <summary>When the last executor had returned; null until then.</summary>
        public long? StoppedAt { get; set; }

        public bool SaidGoodbye { get; set; }
    }
}

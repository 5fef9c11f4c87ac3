using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>Knows the workers and brings free slots and waiting work together. It holds no truth: after a
/// restart hellos and demands rebuild it.</summary>
/// <remarks>
/// A request waits here until a search has work. Then one search is asked (<see cref="LocalMessages.LeaseFor"/>); it writes the lease,
/// sends the worker its assignment and answers here. A worker's process is known by its incarnation. A new one takes the
/// name over at once where it is the older one started again, in the same folder, or where that one is gone; else the older one is
/// asked for a sign of life, and the new one is refused when it comes. So a quick restart never waits, a second worker ends no first
/// one, and two processes never share a name.
/// </remarks>
internal sealed class DispatcherActor(CoordinatorSettings settings) : UntypedActor, IWithTimers
{
    private readonly WorkerRegistry _workers = new(settings.Clock, settings.LeaseTime);
    private readonly FairShare _searches = new();
    private readonly LeasePlaces _places = new();
    private readonly WorkerDrains _drains = new();
    private readonly NameRivals _rivals = new(Context.Self, Context.System, Context.GetLogger(), settings);
    private readonly WaitForRoom _room = new(settings.Clock, settings.LeaseTime);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private LocalMessages.CapacityChanged _toldCapacity = new(0, []);
    private bool _knowsLeases;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(LocalMessages.Tick), LocalMessages.Tick.Instance, CoordinatorSettings.TickInterval);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerProtocol.RequestWork request:
                OnRequest(request);
                break;
            case LocalMessages.LeaseEnding ending:
                OnEnded(ending.Lease);
                break;
            case LocalMessages.LeasesRecovered recovered:
                _places.Recover(recovered.Leases);
                break;
            case LocalMessages.LeasesShared shared:
                OnShared(shared);
                break;
            case LocalMessages.SearchesReady:
                OnReady();
                break;
            case LocalMessages.LeaseAnswered answered:
                OnAnswered(answered);
                break;
            case LocalMessages.SearchDemand demand:
                OnDemand(demand);
                break;
            case LocalMessages.LeasesEnded ended:
                foreach (var lease in ended.Leases)
                {
                    OnEnded(lease);
                }

                break;
            case WorkerProtocol.WorkerHello hello:
                OnHello(hello);
                break;
            case ActorIdentity sign:
                _rivals.Judge(sign, _workers.Find);
                break;
            case WorkerProtocol.WorkerGoodbye goodbye:
                OnGoodbye(goodbye);
                break;
            case SearchManagerProtocol.DrainWorker drain:
                _drains.Ask(drain, _workers.Find(drain.WorkerId), Sender, _workers.All.Select(entry => entry.Worker.WorkerId));
                break;
            case LocalMessages.SearchGone gone:
                OnSearchGone(gone.SearchId);
                break;
            case LocalMessages.DescribeCluster describe:
                var trouble = settings.Health.Now;
                Sender.Tell(new ClusterView(
                    settings.Version, settings.StartedAt, _workers.Describe(), describe.Searches, trouble?.Sentence, trouble?.Since)
                {
                    Coordinators = settings.Coordinators(),
                });
                break;
            case LocalMessages.Tick:
                OnTick();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnHello(WorkerProtocol.WorkerHello hello)
    {
        if ((_workers.Refusal(hello.WorkerId, hello.Worker.Incarnation) ?? WorkerLimits.Refusal(hello, settings.Version)) is { } refusal)
        {
            _log.Warning("Worker {Worker} is refused: {Reason}", hello.WorkerId, refusal);
            Sender.Tell(new WorkerProtocol.WorkerRefused(hello.WorkerId, refusal));
            WarnSuccessor(hello);
            return;
        }

        var former = _workers.Find(hello.WorkerId);
        if (_rivals.MustWait(hello.Worker, Sender, former))
        {
            return;
        }

        var formerLastSeen = former?.LastSeen;
        var entry = _workers.Hear(hello, Sender, out var isNewProcess);
        _places.Hold(hello.WorkerId, hello.Worker.Incarnation, hello.Held);
        Welcome(entry);
        if (isNewProcess)
        {
            if (formerLastSeen is { } since)
            {
                _log.Info(
                    "A new process has the name of worker {Worker} now; the one before was heard of {Seconds} s ago, and what it still ran "
                        + "is tried again",
                    hello.WorkerId,
                    (long)settings.Clock.GetElapsedTime(since).TotalSeconds);
            }

            _log.Info(
                "Worker {Worker} is here with {Slots} on {Device}",
                hello.WorkerId,
                Counted.Of(hello.Worker.Slots, "slot"),
                hello.Worker.Device.Name);
        }

        _drains.Heard(entry);
        TellCapacity();
        TellSearches(entry, everySearch: isNewProcess);
        TryAssign(entry);
    }

    private void Welcome(WorkerEntry entry) => entry.Reference.Tell(
        new WorkerProtocol.WorkerWelcome(
            entry.Worker.WorkerId, settings.LeaseTime, settings.HeartbeatInterval, entry.Warning, settings.Artifacts)
        {
            Standbys = settings.StandbyAddresses(),
        });

    // That the older process still speaks is the proof that two were started, not one again: whoever started the second learns it, too.
    private void WarnSuccessor(WorkerProtocol.WorkerHello older)
    {
        if (_workers.IsSuperseded(older.WorkerId, older.Worker.Incarnation) && _workers.Find(older.WorkerId) is { Warning: null } successor)
        {
            successor.Warning =
                $"This process took the name of worker {older.WorkerId} from another one that was alive; that one ends, and what it ran "
                    + "is tried again. Give each worker a name of its own with --name.";
            Welcome(successor);
        }
    }

    private void OnRequest(WorkerProtocol.RequestWork request)
    {
        if (_workers.Refusal(request.WorkerId, request.Incarnation) is { } refusal)
        {
            Sender.Tell(new WorkerProtocol.WorkerRefused(request.WorkerId, refusal));
        }
        else if (_workers.Open(request) is { } entry)
        {
            TryAssign(entry);
        }
    }

    private void OnGoodbye(WorkerProtocol.WorkerGoodbye goodbye)
    {
        if (_workers.Remove(goodbye.WorkerId, goodbye.Incarnation))
        {
            _rivals.Forget(goodbye.WorkerId);
            _log.Info("Worker {Worker} left", goodbye.WorkerId);
            _drains.Gone(goodbye.WorkerId);
            TellCapacity();
        }
    }

    private void OnDemand(LocalMessages.SearchDemand demand)
    {
        if (_searches.Note(demand, Sender))
        {
            Sender.Tell(_toldCapacity);
            foreach (var worker in _workers.All)
            {
                Sender.Tell(Alive(worker, demand.SearchId, worker.Held.Where(lease => lease.SearchId == demand.SearchId)));
            }
        }

        if (demand.Demand.Groups + demand.Demand.Alone > 0)
        {
            AssignAll();
        }
    }

    private void OnAnswered(LocalMessages.LeaseAnswered answered)
    {
        var (asked, worker) = (answered.Asked, answered.Worker);

        // Whatever became of the worker meanwhile: a reservation that stayed would keep as many trials from all others for good.
        _searches.Settle(asked.Command, answered.Groups.Length);
        foreach (var lease in answered.Groups.SelectMany(group => group))
        {
            _places.Put(lease, worker.WorkerId, worker.Incarnation, asked.Command.Alone);
        }

        if (_workers.Find(worker.WorkerId) is { Asked: { } open } entry
            && open.SearchId == answered.SearchId
            && open.RequestId == asked.RequestId)
        {
            entry.Asked = null;
            _workers.Given(entry, answered);
        }

        if (answered.Groups.Length > 0)
        {
            TellShared(worker);
            if (asked.Command.Alone)
            {
                _room.End();
            }
        }

        AssignAll();
    }

    // At once, not with the next hello: what begins to run there may end the process before that.
    private void TellShared(WorkerDescription worker)
    {
        var searches = _places.Searches(worker.WorkerId, worker.Incarnation);
        foreach (var search in searches.Count > 1 ? searches : [])
        {
            _searches.Find(search)?.Tell(new LocalMessages.ProcessShared(worker.WorkerId, worker.Incarnation));
        }
    }

    private void OnShared(LocalMessages.LeasesShared shared)
    {
        foreach (var worker in shared.Leases.Select(_places.Share))
        {
            if (worker is { } name && _workers.Find(name) is { } entry)
            {
                TryAssign(entry);
            }
        }
    }

    private void OnReady()
    {
        _knowsLeases = true;
        foreach (var entry in _workers.All)
        {
            TellSearches(entry, everySearch: true);
        }
    }

    private void OnEnded(LeaseKey lease)
    {
        _places.End(lease);
        if (_workers.End(lease) is { } entry)
        {
            TryAssign(entry);
        }
    }

    private void OnSearchGone(SearchId search)
    {
        _searches.Forget(search);
        foreach (var entry in _workers.All.Where(entry => entry.Asked?.SearchId == search).ToList())
        {
            entry.Asked = null;
            TryAssign(entry);
        }
    }

    private void OnTick()
    {
        foreach (var silent in _workers.RemoveSilent())
        {
            _rivals.Forget(silent);
            _log.Warning("Worker {Worker} has said nothing for {LeaseTime}", silent, Durations.Of(settings.LeaseTime));
            _drains.Gone(silent);
        }

        TellCapacity();
        var emptied = _room.Emptied;
        _room.Look([.. _workers.All
            .Where(entry => entry.Drain is null && _workers.IsFresh(entry) && _searches.WantAlone(entry.Worker))
            .Select(entry => (entry.Worker.WorkerId, entry.OpenGroups))]);
        if (emptied is not null && _room.Emptied is null)
        {
            AssignAll();
        }
    }

    private void AssignAll()
    {
        foreach (var entry in _workers.Waiting())
        {
            TryAssign(entry);
        }
    }

    private void TryAssign(WorkerEntry entry)
    {
        var available = entry.Available;
        if (available <= 0
            || _drains.IsWished(entry.Worker.WorkerId)
            || !_workers.IsFresh(entry)
            || _places.IsTaken(entry.Worker.WorkerId, entry.Worker.Incarnation))
        {
            return;
        }

        if (entry.IsEmpty && _searches.TakeAlone(entry.Worker) is { } alone)
        {
            Ask(entry, alone.Reference, new SearchCommands.LeaseWork(alone.Search, entry.Worker, Slots: 1, Alone: true));
        }
        else if (entry.Worker.WorkerId != _room.Emptied && _searches.Take(entry.Worker, available) is { } choice)
        {
            Ask(entry, choice.Reference, new SearchCommands.LeaseWork(choice.Search, entry.Worker, choice.Groups));
        }
    }

    private static void Ask(WorkerEntry entry, IActorRef search, SearchCommands.LeaseWork command)
    {
        var request = entry.Request!.RequestId;
        entry.Asked = new PendingLease(command.SearchId, request);
        search.Tell(new LocalMessages.LeaseFor(command, request, entry.Reference));
    }

    // A new process concerns every search: leases of its worker's older processes that it did not take over are lost.
    private void TellSearches(WorkerEntry entry, bool everySearch)
    {
        var held = entry.Held.ToLookup(lease => lease.SearchId);
        foreach (var leases in held)
        {
            (_searches.Find(leases.Key) ?? Context.Parent).Tell(Alive(entry, leases.Key, leases));
        }

        if (everySearch)
        {
            foreach (var (search, reference) in _searches.Active.Where(pair => !held.Contains(pair.Key)))
            {
                reference.Tell(Alive(entry, search, []));
            }
        }
    }

    private void TellCapacity()
    {
        var capacity = new LocalMessages.CapacityChanged(
            _workers.Slots, _workers.All.Where(entry => entry.Drain is null).Select(entry => entry.Worker).ToValueArray());
        if (capacity != _toldCapacity)
        {
            _toldCapacity = capacity;
            foreach (var (_, reference) in _searches.Active)
            {
                reference.Tell(capacity);
            }
        }
    }

    private LocalMessages.WorkerAlive Alive(WorkerEntry entry, SearchId search, IEnumerable<LeaseKey> held)
    {
        var (worker, incarnation) = (entry.Worker.WorkerId, entry.Worker.Incarnation);
        return new(
            search,
            worker,
            incarnation,
            held.ToImmutableArray(),
            entry.Reference,
            _places.Searches(worker, incarnation).Any(other => other != search),
            _knowsLeases ? _places.FormerSearches(worker, incarnation).Any(other => other != search) : null,
            entry.Former,
            entry.CleanExits);
    }
}

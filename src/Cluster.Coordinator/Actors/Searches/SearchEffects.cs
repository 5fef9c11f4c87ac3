using System.Collections.Immutable;
using Akka.Actor;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.State;
using SearchCluster.Search.View;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Everything a search does to the outside besides replying, always from written state: cancellations, suggestions ahead of
/// demand, demand for the dispatcher, expired leases.</summary>
internal sealed class SearchEffects(SearchId search, CoordinatorSettings settings, IActorContext context, IActorRef dispatcher)
{
    private const int SmallestPrefetch = 8;
    private const int LargestPrefetch = 1024;

    private readonly PrefetchWatch _prefetch = new(search);
    private readonly LeaseTable _leases = new(settings.Clock, settings.LeaseTime);
    private IActorRef? _sampler;
    private LocalMessages.SearchDemand? _toldDemand;
    private bool _proposing;
    private int _slots;
    private bool? _isAdaptive;
    private DateTimeOffset? _lookAt;
    private bool _isHeld;

    /// <summary>The workers without its data.</summary>
    public LackedData Lacked { get; } = new(settings.Clock);

    /// <summary>True while an interrupted search waits to be resumed: it asks for no worker and suggests nothing.</summary>
    public bool IsDormant { get; private set; }

    /// <summary>Notes that the search waits until somebody resumes it.</summary>
    public void Sleep() => IsDormant = true;

    /// <summary>Lets it go on.</summary>
    /// <param name="state">The written state.</param>
    public void Wake(SearchState state)
    {
        IsDormant = false;
        _leases.RenewAll();
        TellDemand(state);
        SuggestAhead(state);
    }

    /// <summary>The journal takes no writes: nothing is asked for that would have to be written.</summary>
    public void Hold() => _isHeld = true;

    /// <summary>The journal takes writes again. No hello counted meanwhile, so each lease gets its full time.</summary>
    /// <param name="state">The written state.</param>
    public void Release(SearchState? state)
    {
        if (!_isHeld)
        {
            return;
        }

        (_isHeld, _toldDemand) = (false, null);
        _leases.RenewAll();
        if (state is not null)
        {
            TellDemand(state);
            SuggestAhead(state);
        }
    }

    /// <summary>Follows the open leases and tells the demand; before the replies, which say where new leases'
    /// workers are reached.</summary>
    /// <param name="state">The written state.</param>
    /// <param name="isRecovered">True for the first time after a recovery.</param>
    public void Follow(SearchState state, bool isRecovered = false)
    {
        var (ended, shared) = _leases.Follow(state.OpenLeases, isRecovered);
        if (isRecovered && _leases.Count > 0)
        {
            dispatcher.Tell(new LocalMessages.LeasesRecovered([.. state.OpenLeases]), context.Self);
        }

        if (!ended.IsEmpty)
        {
            dispatcher.Tell(new LocalMessages.LeasesEnded(ended), context.Self);
        }

        if (!shared.IsEmpty)
        {
            dispatcher.Tell(new LocalMessages.LeasesShared(shared), context.Self);
        }

        // Before the replies: the dispatcher ends a reservation with the reply, and must know by then what runs.
        _lookAt = state.NextLimitAt;
        TellDemand(state);
    }

    /// <summary>Forgets what was derived from a specification and results that do not hold any more.</summary>
    public void StartOver()
    {
        if (_sampler is not null)
        {
            context.Stop(_sampler);
        }

        (_sampler, _isAdaptive, _proposing) = (null, null, false);
    }

    /// <summary>Acts on a change; after the replies.</summary>
    /// <param name="state">The written state.</param>
    public void AfterChange(SearchState state)
    {
        foreach (var (lease, worker) in _leases.TakeCancelled())
        {
            worker.Tell(new WorkerProtocol.CancelAttempt(lease.Lease, lease.CancelReason!), context.Self);
        }

        settings.Follow(state);

        // A request that gave nothing may have been decided before the last change of its group, and the dispatcher has put its answer
        // above the demand that was told for that.
        TellDemand(state);
        _prefetch.Observe(state, _slots);
        SuggestAhead(state);
    }

    /// <summary>Follows up a command that was decided and, where it led to events, written.</summary>
    /// <param name="pending">The command.</param>
    /// <param name="reply">What its sender gets; null for nothing.</param>
    public void OnSettled(PendingCommand pending, IWithSearchId? reply)
    {
        if (pending.Command is SearchCommands.RecordSuggestions)
        {
            _proposing = false;
        }
        else if (pending.Lease is { } lease)
        {
            OnLeased(lease, reply is SearchReplies.WorkLeased work ? work.Groups : []);
        }
    }

    /// <summary>Gives a worker nothing that has just told that it lacks the data: it was asked for before the dispatcher knew.</summary>
    /// <param name="lease">What the dispatcher asks for.</param>
    /// <param name="state">The written state.</param>
    /// <returns>False where the worker may have them.</returns>
    public bool TryRefuse(LocalMessages.LeaseFor lease, SearchState? state)
    {
        if (state is null || Lacked.Now?.Contains(lease.Command.Worker.WorkerId) != true)
        {
            return false;
        }

        OnLeased(lease, []);
        TellDemand(state);
        return true;
    }

    /// <summary>Renews what a worker holds, answers what is not current, and finds what its older processes lost.</summary>
    /// <param name="alive">The worker.</param>
    /// <param name="state">The written state.</param>
    /// <returns>Commands that follow.</returns>
    public List<ISearchCommand> OnWorkerAlive(LocalMessages.WorkerAlive alive, SearchState? state)
    {
        foreach (var lease in alive.Held)
        {
            if (_leases.Renew(lease, alive.Worker, alive.IsShared) is not { } open)
            {
                alive.Worker.Tell(new WorkerProtocol.StaleLease(lease, $"The lease {lease} is not current."), context.Self);
            }
            else if (open.CancelReason is { } reason)
            {
                alive.Worker.Tell(new WorkerProtocol.CancelAttempt(lease, reason), context.Self);
            }
        }

        // Before what is orphaned: these are nobody's loss.
        var givenBack = _leases.TakeGivenBack(alive.WorkerId, alive.CleanExits, alive.Held);
        var orphaned = alive.WasShared is { } wasShared
            ? _leases.TakeOrphaned(alive.WorkerId, alive.Incarnation, alive.Held, wasShared)
                .Select(lost => new SearchCommands.ExpireLease(lost.Lease, StartedAgain(alive), lost.IsShared, alive.Former?.LastLines))
            : [];
        var undelivered = givenBack.Concat(_leases.TakeUndelivered(alive.WorkerId, alive.Incarnation))
            .Select(lease => new SearchCommands.ReleaseLease(lease, state?.ResourceOf(lease.Item) ?? 0));
        return [.. undelivered, .. orphaned];
    }

    /// <summary>Notes that attempts of other searches run in a process, too.</summary>
    /// <param name="shared">The process.</param>
    public void OnShared(LocalMessages.ProcessShared shared) => _leases.Share(shared.WorkerId, shared.Incarnation);

    /// <summary>Notes where the sender of a report is reached.</summary>
    /// <param name="command">Any command.</param>
    /// <param name="sender">Where its worker is reached from now on.</param>
    public void OnReport(ISearchCommand command, IActorRef sender)
    {
        if (command switch
        {
            SearchCommands.ReportMeasurement report =>
            report.Lease,
            SearchCommands.ReportWarning report => report.Lease,
            _ => (LeaseKey?)null
        } is { } lease)
        {
            _leases.Attach(lease, sender);
        }
    }

    /// <summary>Adjusts how far ahead it suggests. Without a worker it suggests nothing, so looking at a search changes nothing.</summary>
    /// <param name="capacity">Slots of all workers, and who they are.</param>
    /// <param name="state">The written state.</param>
    public void OnCapacity(LocalMessages.CapacityChanged capacity, SearchState? state)
    {
        _slots = capacity.Slots;
        Lacked.Connected(capacity.Workers);
        if (state is not null)
        {
            _prefetch.Observe(state, _slots);
            SuggestAhead(state);
        }
    }

    /// <summary>Looks at deadlines and limits.</summary>
    /// <param name="state">The written state.</param>
    /// <param name="canCheckLimits">False while the answer could not be current.</param>
    /// <returns>Commands that follow.</returns>
    public List<ISearchCommand> OnTick(SearchState? state, bool canCheckLimits)
    {
        // A search that waits to be resumed is not told of new processes, which may know that older ones ended in order. What it is to
        // end it ends all the same.
        var commands = _leases.TakeExpired(onlyCancelled: IsDormant)
            .ConvertAll<ISearchCommand>(
                lost => new SearchCommands.ExpireLease(lost.Lease, Silent, lost.IsShared));
        var now = settings.Clock.GetUtcNow();
        if (canCheckLimits && state is not null && _lookAt <= now)
        {
            _lookAt = state.NextLimitAfter(now);
            TellDemand(state);
            commands.Add(new SearchCommands.CheckLimits(search));
        }
        else if (state is not null && Lacked.View is not null)
        {
            // A worker without the data is asked again after a while.
            TellDemand(state);
        }

        return commands;
    }

    private string Silent => $"No heartbeat for {Durations.Of(settings.LeaseTime)}: its worker is gone, hangs or is cut off.";

    private static string StartedAgain(LocalMessages.WorkerAlive alive) => alive.Former is { } former
        ? $"The process of worker {alive.WorkerId} {former.How}."
        : $"Worker {alive.WorkerId} was started again; how its process before ended is not known.";

    // One for each slot that is free, one for the next that becomes free, and one for each further eight slots,
    // which may become free at the same moment.
    private int AdaptiveStock(SearchState state) =>
        Math.Min(
            LargestPrefetch,
            Math.Max(0, Math.Min(_slots, state.Concurrency ?? _slots) - state.Counts.Running) + 1 + ((_slots + 6) / 8));

    private void OnLeased(LocalMessages.LeaseFor lease, ValueArray<AssignmentGroup> groups)
    {
        foreach (var item in groups.SelectMany(group => group.Items))
        {
            _leases.Attach(item.Lease, lease.Worker);
        }

        if (groups.Count == 0)
        {
            // The dispatcher forgets the demand of a search that gave nothing, so the next change must tell it again.
            _toldDemand = null;
        }

        ImmutableArray<ImmutableArray<LeaseKey>> leases = [.. groups.Select(
            group => group.Items.Select(item => item.Lease).ToImmutableArray())];
        dispatcher.Tell(new LocalMessages.LeaseAnswered(lease, leases), context.Self);
    }

    // Retries that wait for their time count once it has come, so the demand grows without an event.
    private void TellDemand(SearchState state)
    {
        var demand = new LocalMessages.SearchDemand(search, state.IsOver, Demand(state), _leases.Count, state.Priority);
        if (demand != _toldDemand && !IsDormant && !_isHeld)
        {
            _toldDemand = demand;
            dispatcher.Tell(demand, context.Self);
        }
    }

    private WorkDemand Demand(SearchState state) => state.WorkDemand(settings.Clock.GetUtcNow()) with { Lacking = Lacked.Now };

    // A sampler that does not learn is asked when half of the stock is used up, so that one proposal serves many trials. One that learns
    // is asked as late as no free slot has to wait: each configuration that waits was chosen without the results that come meanwhile.
    private void SuggestAhead(SearchState state)
    {
        if (_proposing || IsDormant || _isHeld || _slots == 0 || state.IsOver)
        {
            return;
        }

        _isAdaptive ??= SamplerCatalog.LearnsFromTrials(state.Spec);
        var stock = _isAdaptive.Value ? AdaptiveStock(state) : Math.Clamp(2 * _slots, SmallestPrefetch, LargestPrefetch);
        if (state.Waiting.New.Count > (_isAdaptive.Value ? stock - 1 : stock / 2))
        {
            return;
        }

        var (first, count) = state.SuggestionsWanted(stock);
        if (count > 0)
        {
            _proposing = true;
            _sampler ??= context.ActorOf(Props.Create(() => new SamplerActor(state.Spec, settings)));
            _sampler.Tell(new LocalMessages.Propose(SearchView.Of(state), first, count, state.TraceParent), context.Self);
        }
    }
}

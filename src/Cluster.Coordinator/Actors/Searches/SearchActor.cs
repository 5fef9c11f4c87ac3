using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Search.Decisions;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;
using SearchCluster.Search.View;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>One search: decides commands in groups, writes their events, and only then answers and acts.</summary>
/// <remarks>
/// <para>Commands that arrive while a write is in flight wait and are decided together when it completes. <c>_state</c> changes only in
/// the callback of a group's last event, and the next group is decided only after that, so no command sees unwritten state, and no
/// query does. A reply that changes nothing waits as well when its group writes something: it may rest on an event of the group.</para>
/// <para>A write that fails or is refused stops the actor; its manager starts it again with a growing delay, and it recovers.</para>
/// </remarks>
internal sealed class SearchActor : UntypedPersistentActor, IWithTimers
{
    /// <summary>Start of the persistence id of every search.</summary>
    public const string PersistenceIdPrefix = SearchReplay.PersistenceIdPrefix;

    private readonly Recovery _recovery;
    private readonly SearchId _search;
    private readonly CoordinatorSettings _settings;
    private readonly SearchEffects _effects;
    private readonly SnapshotSchedule _snapshots;
    private readonly WaitingCommands _waiting;
    private readonly List<IActorRef> _waitingForSettled = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SearchScheduling _scheduling = new();
    private SearchState? _state;
    private CommandGroup? _writing;
    private Activity? _writeSpan;
    private long _writeStarted;
    private int _written;
    private long _recoveredTo;
    private bool _resumesAfterRecovery;
    private readonly List<(SearchCommands.DeleteSearch Command, IActorRef Asker)> _askedRemovable = [];
    private bool _isSavingSnapshot;
    private bool _isRemoved;

    public SearchActor(SearchId search, IActorRef dispatcher, CoordinatorSettings settings, SearchReading? recovered = null)
    {
        // What the plugin stumbles over is not always damage: a writer's name or an order of rows that nobody needs.
        _recovery = recovered is null ? new Recovery() : new Recovery(SnapshotSelectionCriteria.None, 0);
        (_state, _recoveredTo) = (recovered?.State, recovered?.LastEvent ?? 0);
        (_search, _waiting) = (search, new WaitingCommands((worker, resend) => worker.Tell(resend, Self)));
        _settings = settings;
        _effects = new SearchEffects(search, settings, Context, dispatcher);
        _snapshots = new SnapshotSchedule(settings.SnapshotInterval);
    }

    public override string PersistenceId => PersistenceIdPrefix + _search.Value;

    public override Recovery Recovery => _recovery;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: SearchSnapshot snapshot } offer:
                _state = SearchSnapshots.FromSnapshot(snapshot);
                _recoveredTo = offer.Metadata.SequenceNr;
                _snapshots.Saved(offer.Metadata.SequenceNr);
                break;
            case ISearchEvent e:
                RequireNext();
                _state = SearchEvolver.Apply(_state, e);
                break;
            case RecoveryCompleted:
                OnRecovered();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case IWithSearchId gone when _isRemoved && message is not ILocalMessage:
                if (UnknownSearch.Reply(gone) is { } reply)
                {
                    Sender.Tell(reply);
                }

                break;
            case LocalMessages.AskRemovable asked:
                _askedRemovable.Add((asked.Command, Sender));
                DecideWaiting();
                break;
            case LocalMessages.LeaseFor lease when _isRemoved || _effects.TryRefuse(lease, _state):
                break;
            case LocalMessages.LeaseFor lease:
                Receive(new PendingCommand(lease.Command, lease.Worker, lease));
                break;
            case ISearchCommand command:
                OnSearchCommand(command);
                break;
            case SearchQueries.GetSearch query:
                Answer(query, Detail);
                break;
            case SearchQueries.GetTrials query:
                Answer(query, state => SearchProjection.Trials(state, query));
                break;
            case SearchQueries.GetSpec query:
                Answer(query, SearchProjection.Spec);
                break;
            case LocalMessages.Summarise:
                Sender.Tell(new LocalMessages.Summarised(_state is null ? null : SearchProjection.Summary(_state)));
                break;
            case LocalMessages.AskLease asked:
                Sender.Tell(new LocalMessages.LeaseStands(_search, _state?.OpenLeases.Any(open => open.Lease == asked.Lease) == true));
                break;
            case LocalMessages.Settle:
                _waitingForSettled.Add(Sender);
                DecideWaiting();
                break;
            case LocalMessages.WorkerAlive alive:
                OnWorkerAlive(alive);
                break;
            case LocalMessages.ProcessShared shared:
                _effects.OnShared(shared);
                break;
            case LocalMessages.CapacityChanged changed:
                _effects.OnCapacity(changed, _state);
                break;
            case LocalMessages.SamplerFailed failed:
                OnSamplerFailed(failed);
                break;
            case LocalMessages.Tick:
                OnTick();
                break;
            case SaveSnapshotSuccess saved:
                _isSavingSnapshot = false;
                DeleteSnapshots(_snapshots.Superseded(saved.Metadata.SequenceNr));
                AnswerRemovable();
                break;
            case SaveSnapshotFailure failed:
                _isSavingSnapshot = false;
                AnswerRemovable();
                _log.Warning(failed.Cause, "Search {Search} could not save a snapshot; it recovers from its events instead", _search);
                break;
            case DeleteSnapshotsSuccess or DeleteSnapshotsFailure:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // Called before the actor is stopped: its manager finds out what is wrong.
    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Context.Parent.Tell(new LocalMessages.SearchUnreadable(_search, reason));

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => RefuseAll(cause);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        RefuseAll(cause);
        Context.Stop(Self);
    }

    private void OnRecovered()
    {
        _settings.Health.Read();
        _resumesAfterRecovery = _state is { IsOver: false };
        if (_state is not null)
        {
            if (!_state.IsOver && _settings.AwaitsResume && !_settings.Awake.Contains(_search))
            {
                _effects.Sleep();
            }

            if (_settings.Health.HoldsWrites)
            {
                _effects.Hold();
            }

            _effects.Follow(_state, isRecovered: true);
            _effects.AfterChange(_state);
        }

        FollowLifecycle();
        Context.Parent.Tell(new LocalMessages.SearchReady(_search));
        if (_state is not null)
        {
            _log.Info("Search {Search} recovered from {Events}", _search, Counted.Of(LastSequenceNr, "event"));
        }
    }

    // The plugin hands on what it finds, in order; an event that is not there it does not miss.
    private void RequireNext()
    {
        if (LastSequenceNr != ++_recoveredTo)
        {
            throw new InvalidDataException(
                $"The journal of search '{_search}' is damaged: {SearchReplay.Missing(_recoveredTo, LastSequenceNr)}.");
        }
    }

    private SearchDetail Detail(SearchState state) =>
        _settings.Health.Tell(
            SearchProjection.Detail(state, ShownTime(state), _settings.Health.MendedAt) with { LackedBy = _effects.Lacked.View });

    // What a hello leads to would have to be written; the next one says the same.
    private void OnWorkerAlive(LocalMessages.WorkerAlive alive)
    {
        if (!_settings.Health.HoldsWrites)
        {
            _effects.OnWorkerAlive(alive, _state).ForEach(ReceiveOwn);
        }
    }

    private void OnTick()
    {
        if (_settings.Health.HoldsWrites)
        {
            _effects.Hold();
        }
        else
        {
            _effects.Release(_state);
            _effects.OnTick(_state, canCheckLimits: !_resumesAfterRecovery && _writing is null).ForEach(ReceiveOwn);
        }
    }

    private void OnSearchCommand(ISearchCommand command)
    {
        _effects.OnReport(command, Sender);
        Receive(new PendingCommand(_effects.Lacked.Judge(ReportLimits.Checked(command), _state), Sender));
        if (!_settings.Health.HoldsWrites && command is SearchCommands.ResumeSearch or SearchCommands.SubmitSearch)
        {
            _settings.Awake.Add(_search);
            if (_effects.IsDormant)
            {
                _effects.Wake(_state!);
            }
        }
    }

    // Nothing may be on its way to the journal or the snapshots then: it would arrive after all else was removed.
    private void AnswerRemovable()
    {
        if (_writing is not null || _isSavingSnapshot)
        {
            return;
        }

        foreach (var (command, asker) in _askedRemovable)
        {
            // A search that was registered and never submitted holds nothing that could run.
            var reply = _state is null
                ? new SearchReplies.SearchRemoved(_search)
                : _settings.Decide(
                    _state, command, new DecisionContext(_settings.Clock.GetUtcNow(), _scheduling.For(_state.Spec))).Reply!;
            _isRemoved |= reply is SearchReplies.SearchRemoved;
            asker.Tell(new LocalMessages.Removable(
                _search, reply, ActivityContext.TryParse(_state?.TraceParent, null, out var trace) ? trace.TraceId.ToHexString() : null));
        }

        _askedRemovable.Clear();
    }

    private void OnSamplerFailed(LocalMessages.SamplerFailed failed)
    {
        _log.Error("Search {Search} ends: {Explanation}", _search, failed.Explanation);
        ReceiveOwn(new SearchCommands.RecordSuggestions(_search, failed.First, [], failed.Explanation));
    }

    private void ReceiveOwn(ISearchCommand command) => Receive(new PendingCommand(command, ActorRefs.Nobody));

    private void Receive(PendingCommand pending)
    {
        if (_settings.Health is { HoldsWrites: true, Trouble: { } trouble })
        {
            _effects.Hold();
            CommandGroup.RefuseUntried(pending, Self, _search, trouble);
            _effects.OnSettled(pending, null);
            return;
        }

        if (_resumesAfterRecovery)
        {
            _resumesAfterRecovery = false;
            _waiting.Enqueue(new PendingCommand(new SearchCommands.MarkRecovered(_search), ActorRefs.Nobody));
        }

        _waiting.Enqueue(pending);
        DecideWaiting();
    }

    private void DecideWaiting()
    {
        while (_writing is null && _waiting.Count > 0)
        {
            var group = CommandGroup.Decide(
                _search, _state, _waiting, _settings, _scheduling);
            if (group.Events.Count == 0)
            {
                group.Reply(Self, _effects.OnSettled);
                continue;
            }

            _writing = group;
            _written = 0;
            _writeStarted = _settings.Clock.GetTimestamp();
            _writeSpan = group.State?.TraceParent is { } parent
                ? SearchClusterTelemetry.StartSpan(SpanNames.JournalWrite, parent)?.SetTag("searchcluster.events", group.Events.Count)
                : null;
            PersistAllAsync(group.Events, OnWritten);
        }

        if (_writing is null)
        {
            _waitingForSettled.ForEach(one => one.Tell(LocalMessages.Settled.Instance));
            _waitingForSettled.Clear();
            AnswerRemovable();
        }
    }

    private void OnWritten(ISearchEvent e)
    {
        if (++_written < _writing!.Events.Count)
        {
            return;
        }

        var group = _writing;
        _writing = null;
        _settings.Health.Written();
        _writeSpan?.Dispose();
        _state = group.State;
        SearchMetrics.Written(_state!, group.Events, _settings.Clock.GetElapsedTime(_writeStarted));
        if (group.Events.Any(written => written is SearchEvents.SearchRestarted or SearchEvents.SearchRetried))
        {
            _effects.StartOver();
        }

        _effects.Follow(_state!);
        group.Reply(Self, _effects.OnSettled);
        _effects.AfterChange(_state!);
        FollowLifecycle();
        if (_snapshots.IsDue(LastSequenceNr))
        {
            _isSavingSnapshot = true;
            SaveSnapshot(SearchSnapshots.ToSnapshot(_state!));
        }

        DecideWaiting();
    }

    private void FollowLifecycle()
    {
        var ticks = _state is { IsOver: false };
        if (ticks && !Timers.IsTimerActive(nameof(LocalMessages.Tick)))
        {
            Timers.StartPeriodicTimer(nameof(LocalMessages.Tick), LocalMessages.Tick.Instance, CoordinatorSettings.TickInterval);
        }
        else if (!ticks)
        {
            Timers.Cancel(nameof(LocalMessages.Tick));
        }
    }

    // Time since the last event is downtime until somebody takes the search up again.
    private DateTimeOffset ShownTime(SearchState state) => _resumesAfterRecovery ? state.Clock.LastEventAt : _settings.Clock.GetUtcNow();

    private void Answer(IWithSearchId query, Func<SearchState, object> project) =>
        Sender.Tell(_state is null ? UnknownSearch.Reply(query)! : project(_state));

    private void RefuseAll(Exception cause)
    {
        Context.Parent.Tell(new LocalMessages.SearchStops(_search));
        var reason = _settings.Health.NotWritten(cause);
        _log.Error(
            cause,
            "Search {Search} could not write {Events} and starts again: {Reason}",
            _search,
            Counted.Of(_writing?.Events.Count ?? 0, "event"),
            reason);
        _writeSpan?.SetStatus(ActivityStatusCode.Error, cause.Message).Dispose();
        _writing?.Refuse(Self, _search, reason);
        _writing = null;
        while (_waiting.TryDequeue(out var pending))
        {
            CommandGroup.Refuse(pending, Self, _search, reason);
        }
    }
}

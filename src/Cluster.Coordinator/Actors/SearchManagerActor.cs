using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using SearchCluster.Coordinator.Actors.Searches;
using SearchCluster.Coordinator.Actors.Workers;
using SearchCluster.Coordinator.Reading;

namespace SearchCluster.Coordinator.Actors;

/// <summary>The one door to all searches: knows which there are, starts their actors, and passes messages on by
/// their search or worker.</summary>
/// <remarks>
/// A search is registered in the manager's journal before its own first event, so a restarted manager finds it. Stopped searches
/// (their journal failed) are started again with a growing delay; meanwhile people are told so and workers send again.
/// </remarks>
internal sealed class SearchManagerActor : UntypedPersistentActor, IWithTimers
{
    /// <summary>Not of the form <c>search-NAME</c>, which belongs to the searches: a search may be called "manager".</summary>
    public const string Id = JournalSearches.RegisterId;

    private readonly CoordinatorSettings _settings;
    private readonly SearchChildren _children;
    private readonly Dictionary<SearchId, List<(SearchCommands.SubmitSearch Command, IActorRef Sender)>> _registering = [];
    private readonly List<IActorRef> _waitingForReadiness = [];
    private readonly SearchDeletions _deletions;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _dispatcher;
    private readonly JournalAnswers _answers;
    private readonly SearchRouting _routing;
    private readonly IReadOnlyList<SearchId>? _rescued;
    private bool _wasReady;

    public SearchManagerActor(CoordinatorSettings settings)
    {
        _settings = settings;
        _dispatcher = Context.Watch(Context.ActorOf(Props.Create(() => new DispatcherActor(settings)), "dispatcher"));
        _children = new SearchChildren(settings, Context, _dispatcher);
        _answers = new JournalAnswers(settings);
        _routing = new SearchRouting(_children, _answers);
        _rescued = _answers.RescueRegister();
        _deletions = new SearchDeletions(settings, Context);
    }

    public override string PersistenceId => Id;

    // A register that is not whole is not replayed: one registration that cannot be read would stop all searches.
    public override Recovery Recovery => _rescued is null ? base.Recovery : new Recovery(SnapshotSelectionCriteria.None, 0);

    public ITimerScheduler Timers { get; set; } = null!;

    // A search that throws is stopped, not restarted in place: the delay of SearchChildren keeps a poisonous command from spinning.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SearchManagerProtocol.SearchRegistered registered:
                _children.Add(registered.SearchId);
                _deletions.Registered(registered.SearchId);
                break;
            case SearchManagerProtocol.SearchDeleted deleted:
                _children.Remove(deleted.SearchId);
                _deletions.Deleted(deleted.SearchId, deleted.TraceId);
                break;
            case SearchManagerProtocol.SearchErased erased:
                _deletions.Erased(erased.SearchId);
                break;
            case RecoveryCompleted:
                _settings.Health.Read();
                AddRescued();
                _children.StartAll();
                _deletions.EraseAll();
                AnswerWhenReady();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case SearchCommands.ReportOutcome report:
                _dispatcher.Tell(new LocalMessages.LeaseEnding(report.Lease));
                _routing.Pass(report, Sender);
                break;
            case SearchCommands.ReleaseLease release:
                _dispatcher.Tell(new LocalMessages.LeaseEnding(release.Lease));
                _routing.Pass(release, Sender);
                break;
            case SearchCommands.ReportMeasurement
                or SearchCommands.ReportWarning
                or SearchCommands.PauseSearch
                or SearchCommands.ResumeSearch
                or SearchCommands.PrioritiseSearch
                or SearchCommands.StopSearch
                or SearchQueries.GetSearch or SearchQueries.GetTrials or SearchQueries.GetSpec
                or LocalMessages.AskLease:
                _routing.Pass((IWithSearchId)message, Sender);
                break;
            case LocalMessages.WorkerAlive alive:
                _routing.Pass(alive, Sender);
                break;
            case WorkerProtocol.WorkerHello
                or WorkerProtocol.RequestWork
                or WorkerProtocol.WorkerGoodbye
                or SearchManagerProtocol.DrainWorker:
                _dispatcher.Forward(message);
                break;
            case SearchCommands.SubmitSearch submit:
                OnSubmit(submit);
                break;
            case SearchCommands.DeleteSearch delete:
                OnDelete(delete);
                break;
            case LocalMessages.Removable removable:
                OnRemovable(removable);
                break;
            case LocalMessages.Erased erased:
                OnErased(erased);
                break;
            case SearchManagerProtocol.ListSearches:
                ListSearches(Sender);
                break;
            case LocalMessages.Settle:
                Settle(_children.Running, Sender);
                break;
            case SearchManagerProtocol.GetCluster:
                _dispatcher.Forward(new LocalMessages.DescribeCluster(_children.Count));
                break;
            case SearchManagerProtocol.GetReadiness:
                _waitingForReadiness.Add(Sender);
                AnswerWhenReady();
                break;
            case LocalMessages.SearchReady ready:
                _children.Ready(ready.SearchId);
                AnswerWhenReady();
                break;
            case LocalMessages.SearchUnreadable unreadable:
                _children.Unreadable(unreadable.SearchId);
                _log.Warning(
                    unreadable.Cause, "Search {Search} could not be recovered; its events are looked at one by one", unreadable.SearchId);
                break;
            case LocalMessages.SearchInspected inspected:
                OnInspected(inspected);
                break;
            case LocalMessages.SearchStops stops:
                _children.Stops(stops.SearchId);
                break;
            case Terminated { ActorRef: var stopped } when stopped.Equals(_dispatcher):
                _log.Error("The dispatcher stopped; the search manager starts again");
                Context.Stop(Self);
                break;
            case Terminated terminated:
                OnTerminated(terminated.ActorRef);
                break;
            case StartAgain again:
                _children.Start(again.SearchId, again.Recovered);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        Refuse(cause);
        Context.Stop(Self);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Refuse(cause);

    private void OnDelete(SearchCommands.DeleteSearch delete)
    {
        var search = delete.SearchId;
        if (_settings.Health is { HoldsWrites: true, Trouble: { } trouble })
        {
            Sender.Tell(NotDeleted(search, trouble));
        }
        else if (_deletions.IsUnderway(search))
        {
            _deletions.Await(search, Sender);
            _deletions.EraseAgain(search);
        }
        else if (_children.FindDamaged(search) is not null)
        {
            // What cannot be read cannot run, and who does not want it salvaged wants it gone.
            _deletions.Await(search, Sender);
            OnRemovable(new LocalMessages.Removable(search, new SearchReplies.SearchRemoved(search), TraceId: null));
        }
        else if (_children.Find(search) is { } child)
        {
            _deletions.Await(search, Sender);
            child.Tell(new LocalMessages.AskRemovable(delete));
        }
        else if (_deletions.IsDone(search))
        {
            Sender.Tell(new SearchReplies.SearchRemoved(search, AlreadyDone: true));
        }
        else
        {
            _routing.Pass(delete, Sender);
        }
    }

    private void OnRemovable(LocalMessages.Removable removable)
    {
        if (removable.Reply is not SearchReplies.SearchRemoved)
        {
            _deletions.Refuse(removable.SearchId, removable.Reply);
            return;
        }

        PersistAsync(new SearchManagerProtocol.SearchDeleted(removable.SearchId, _settings.Clock.GetUtcNow(), removable.TraceId), deleted =>
        {
            _deletions.Deleted(deleted.SearchId, deleted.TraceId);
            _dispatcher.Tell(new LocalMessages.SearchGone(deleted.SearchId));
            if (_children.Remove(deleted.SearchId) is { } actor)
            {
                Context.Stop(actor);
            }
            else
            {
                _deletions.Erase(deleted.SearchId);
            }

            AnswerWhenReady();
        });
    }

    private void OnErased(LocalMessages.Erased erased)
    {
        if ((erased.Problem ?? (_settings.Health.HoldsWrites ? _settings.Health.Trouble : null)) is { } problem)
        {
            _deletions.Failed(erased.SearchId, problem);
        }
        else
        {
            PersistAsync(
                new SearchManagerProtocol.SearchErased(erased.SearchId, _settings.Clock.GetUtcNow()),
                done => _deletions.Erased(done.SearchId));
        }
    }

    private void OnSubmit(SearchCommands.SubmitSearch submit)
    {
        if (_deletions.IsUnderway(submit.SearchId))
        {
            Sender.Tell(new SearchReplies.CommandRejected(
                submit.SearchId, RejectionCode.NameTaken, $"Search '{submit.SearchId}' is being deleted; try again in a moment."));
        }
        else if (_children.Contains(submit.SearchId))
        {
            _routing.Pass(submit, Sender);
        }
        else if (_registering.TryGetValue(submit.SearchId, out var waiting))
        {
            waiting.Add((submit, Sender));
        }
        else if (_settings.Health is { HoldsWrites: true, Trouble: { } trouble })
        {
            CommandGroup.RefuseUntried(new PendingCommand(submit, Sender), Self, submit.SearchId, trouble);
        }
        else
        {
            _registering.Add(submit.SearchId, [(submit, Sender)]);
            PersistAsync(new SearchManagerProtocol.SearchRegistered(submit.SearchId, _settings.Clock.GetUtcNow()), OnRegistered);
        }
    }

    private void OnRegistered(SearchManagerProtocol.SearchRegistered registered)
    {
        _settings.Health.Written();
        _deletions.Registered(registered.SearchId);
        _children.Add(registered.SearchId);
        var search = _children.Start(registered.SearchId);
        if (_registering.Remove(registered.SearchId, out var waiting))
        {
            waiting.ForEach(one => search.Tell(one.Command, one.Sender));
        }
    }

    private void ListSearches(IActorRef asker)
    {
        var (running, damaged, stopped) = (_children.Running, _children.Damaged, _answers.ReadAsync(_children.Stopped));
        var health = _settings.Health;
        Context.ActorOf(Props.Create(() => new SearchListActor(running, damaged, stopped, asker, health)));
    }

    private static void Settle(IReadOnlyList<IActorRef> searches, IActorRef asker) =>
        Task.WhenAll(
            searches.Select(search => search.Ask<LocalMessages.Settled>(LocalMessages.Settle.Instance, CoordinatorSettings.SettleLimit)))
            .PipeTo(asker, success: _ => LocalMessages.Settled.Instance);

    private void OnTerminated(IActorRef stopped)
    {
        if (_children.TakeRemoved(stopped) is { } removed)
        {
            _deletions.Erase(removed);
            return;
        }

        if (_children.OnStopped(stopped) is { } child)
        {
            _dispatcher.Tell(new LocalMessages.SearchGone(child.SearchId));
            if (child.IsUnreadable && _answers.CanRead)
            {
                _answers.InspectAsync(child.SearchId, child.Delay).PipeTo(Self);
                return;
            }

            // What is wrong with the journal is told once, by whoever watches it.
            _log.Log(
                _settings.Health.Trouble is null ? Akka.Event.LogLevel.WarningLevel : Akka.Event.LogLevel.DebugLevel,
                null,
                "Search {Search} stopped and starts again in {Delay}",
                child.SearchId,
                Durations.Of(child.Delay));
            Timers.StartSingleTimer(child.SearchId, new StartAgain(child.SearchId), child.Delay);
        }
    }

    private void OnInspected(LocalMessages.SearchInspected inspected)
    {
        switch (inspected.Reading)
        {
            case { Damage: { } damage } reading:
                _log.Error("{Damage} All other searches go on.", damage.Describe());
                _children.Damage(reading);
                AnswerWhenReady();
                break;
            case { } reading:
                _log.Warning(
                    "Search {Search} is whole, {Events} can be read; it starts again in {Delay}",
                    inspected.SearchId,
                    Counted.Of(reading.LastEvent, "event"),
                    Durations.Of(inspected.Delay));
                Timers.StartSingleTimer(inspected.SearchId, new StartAgain(inspected.SearchId, reading), inspected.Delay);
                break;
            default:
                Timers.StartSingleTimer(inspected.SearchId, new StartAgain(inspected.SearchId), inspected.Delay);
                break;
        }
    }

    private void AddRescued()
    {
        if (_rescued is not null)
        {
            _log.Error(
                "The register of searches in the journal is damaged; {Count} known by the events go on",
                Counted.Of(_rescued.Count, "search"));
            _rescued.ToList().ForEach(_children.Add);
        }
    }

    private void AnswerWhenReady()
    {
        if (_children.AreReady)
        {
            if (!_wasReady)
            {
                _wasReady = true;
                _dispatcher.Tell(LocalMessages.SearchesReady.Instance);
            }

            _waitingForReadiness.ForEach(one => one.Tell(new SearchManagerProtocol.ManagerReady(_children.Count)));
            _waitingForReadiness.Clear();
        }
    }

    private void Refuse(Exception cause)
    {
        var reason = _settings.Health.NotWritten(cause);
        _log.Error(cause, "The search manager could not write and starts again: {Reason}", reason);
        _deletions.RefuseAll(search => NotDeleted(search, reason));
        foreach (var (command, sender) in _registering.Values.SelectMany(waiting => waiting))
        {
            CommandGroup.Refuse(new PendingCommand(command, sender), Self, command.SearchId, reason);
        }
    }

    private static SearchReplies.CommandRejected NotDeleted(SearchId search, string reason) => new(
        search,
        RejectionCode.JournalUnavailable,
        $"The journal did not confirm that search '{search}' is deleted: {reason} Look for it, then try again.");

    private sealed record StartAgain(SearchId SearchId, SearchReading? Recovered = null) : ILocalMessage;
}

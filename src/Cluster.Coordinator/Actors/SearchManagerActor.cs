using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using SearchCluster.Coordinator.Actors.Searches;
using SearchCluster.Coordinator.Actors.Workers;

namespace SearchCluster.Coordinator.Actors;

/// <summary>The one door to all searches: knows which there are, starts their actors, and passes messages on by their search or worker.</summary>
/// <remarks>
/// A search is registered in the manager's journal before its own first event, so a restarted manager finds it. Stopped searches
/// (their journal failed) are started again with a growing delay; meanwhile people are told so and workers send again.
/// </remarks>
internal sealed class SearchManagerActor : UntypedPersistentActor, IWithTimers
{
    /// <summary>Not of the form <c>search-NAME</c>, which belongs to the searches: a search may be called "manager".</summary>
    public const string Id = "searches";

    private readonly CoordinatorSettings _settings;
    private readonly SearchChildren _children;
    private readonly Dictionary<SearchId, List<(SearchCommands.SubmitSearch Command, IActorRef Sender)>> _registering = [];
    private readonly List<IActorRef> _waitingForReadiness = [];
    private readonly SearchDeletions _deletions;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _dispatcher;

    public SearchManagerActor(CoordinatorSettings settings)
    {
        _settings = settings;
        _dispatcher = Context.Watch(Context.ActorOf(Props.Create(() => new DispatcherActor(settings)), "dispatcher"));
        _children = new SearchChildren(settings, Context, _dispatcher);
        _deletions = new SearchDeletions(settings, Context);
    }

    public override string PersistenceId => Id;

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
                Pass(report);
                break;
            case SearchCommands.ReleaseLease release:
                _dispatcher.Tell(new LocalMessages.LeaseEnding(release.Lease));
                Pass(release);
                break;
            case SearchCommands.ReportMeasurement or SearchCommands.ReportWarning or SearchCommands.PauseSearch or SearchCommands.ResumeSearch or SearchCommands.StopSearch
                or SearchQueries.GetSearch or SearchQueries.GetTrials or SearchQueries.GetSpec:
                Pass((IWithSearchId)message);
                break;
            case LocalMessages.WorkerAlive alive:
                PassToUnknownOrSilent(alive);
                break;
            case WorkerProtocol.WorkerHello or WorkerProtocol.RequestWork or WorkerProtocol.WorkerGoodbye:
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
                ListSearches(_children.Running, Sender);
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
                _children.Start(again.SearchId);
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
        if (_deletions.IsUnderway(search))
        {
            _deletions.Await(search, Sender);
            _deletions.EraseAgain(search);
        }
        else if (_children.Find(search) is { } child)
        {
            _deletions.Await(search, Sender);
            child.Tell(new LocalMessages.AskRemovable(delete));
        }
        else if (_deletions.IsDone(search))
        {
            Reply(new SearchReplies.SearchRemoved(search, AlreadyDone: true));
        }
        else
        {
            Pass(delete);
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
        if (erased.Problem is { } problem)
        {
            _deletions.Failed(erased.SearchId, problem);
        }
        else
        {
            PersistAsync(new SearchManagerProtocol.SearchErased(erased.SearchId, _settings.Clock.GetUtcNow()), done => _deletions.Erased(done.SearchId));
        }
    }

    private void OnSubmit(SearchCommands.SubmitSearch submit)
    {
        if (_deletions.IsUnderway(submit.SearchId))
        {
            Reply(new SearchReplies.CommandRejected(submit.SearchId, RejectionCode.NameTaken, $"Search '{submit.SearchId}' is being deleted; try again in a moment."));
        }
        else if (_children.Contains(submit.SearchId))
        {
            Pass(submit);
        }
        else if (_registering.TryGetValue(submit.SearchId, out var waiting))
        {
            waiting.Add((submit, Sender));
        }
        else
        {
            _registering.Add(submit.SearchId, [(submit, Sender)]);
            PersistAsync(new SearchManagerProtocol.SearchRegistered(submit.SearchId, _settings.Clock.GetUtcNow()), OnRegistered);
        }
    }

    private void OnRegistered(SearchManagerProtocol.SearchRegistered registered)
    {
        _deletions.Registered(registered.SearchId);
        _children.Add(registered.SearchId);
        var search = _children.Start(registered.SearchId);
        if (_registering.Remove(registered.SearchId, out var waiting))
        {
            waiting.ForEach(one => search.Tell(one.Command, one.Sender));
        }
    }

    private void Pass(IWithSearchId message)
    {
        if (_children.Find(message.SearchId) is { } search)
        {
            search.Forward(message);
        }
        else if (!_children.Contains(message.SearchId))
        {
            Reply(UnknownSearch.Reply(message, _children.Names));
        }
        else if (message is not (SearchCommands.ReportMeasurement or SearchCommands.ReportWarning or SearchCommands.ReportOutcome or SearchCommands.ReleaseLease))
        {
            Reply(new SearchReplies.CommandRejected(
                message.SearchId,
                RejectionCode.JournalUnavailable,
                $"Search '{message.SearchId}' is being recovered after a failure of its journal; try again in some seconds."));
        }
    }

    private void PassToUnknownOrSilent(LocalMessages.WorkerAlive alive)
    {
        if (_children.Find(alive.SearchId) is { } search)
        {
            search.Forward(alive);
        }
        else if (!_children.Contains(alive.SearchId))
        {
            foreach (var lease in alive.Held)
            {
                alive.Worker.Tell(new WorkerProtocol.StaleLease(lease, $"There is no search '{alive.SearchId}'."));
            }
        }
    }

    private static void ListSearches(IReadOnlyList<IActorRef> searches, IActorRef asker) =>
        Context.ActorOf(Props.Create(() => new SearchListActor(searches, asker)));

    private static void Settle(IReadOnlyList<IActorRef> searches, IActorRef asker) =>
        Task.WhenAll(searches.Select(search => search.Ask<LocalMessages.Settled>(LocalMessages.Settle.Instance, CoordinatorSettings.SettleLimit)))
            .PipeTo(asker, success: _ => LocalMessages.Settled.Instance);

    private void OnTerminated(IActorRef stopped)
    {
        if (_children.TakeRemoved(stopped) is { } removed)
        {
            _deletions.Erase(removed);
            return;
        }

        if (_children.Stopped(stopped) is { } child)
        {
            _log.Warning("Search {Search} stopped and starts again in {Delay}", child.SearchId, child.Delay);
            _dispatcher.Tell(new LocalMessages.SearchGone(child.SearchId));
            Timers.StartSingleTimer(child.SearchId, new StartAgain(child.SearchId), child.Delay);
        }
    }

    private void AnswerWhenReady()
    {
        if (_children.AreReady)
        {
            _waitingForReadiness.ForEach(one => one.Tell(new SearchManagerProtocol.ManagerReady(_children.Count)));
            _waitingForReadiness.Clear();
        }
    }

    private void Refuse(Exception cause)
    {
        _log.Error(cause, "The search manager could not write and starts again");
        _deletions.RefuseAll(search => new SearchReplies.CommandRejected(search, RejectionCode.JournalUnavailable, $"The journal did not confirm that search '{search}' is deleted: {cause.Message} Look for it, then try again."));
        foreach (var (command, sender) in _registering.Values.SelectMany(waiting => waiting))
        {
            CommandGroup.Refuse(new PendingCommand(command, sender), Self, command.SearchId, cause);
        }
    }

    private void Reply(IWithSearchId? reply)
    {
        if (reply is not null)
        {
            Sender.Tell(reply);
        }
    }

    private sealed record StartAgain(SearchId SearchId) : ILocalMessage;
}

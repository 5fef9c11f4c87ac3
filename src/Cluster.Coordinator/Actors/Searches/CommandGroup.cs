using System.Diagnostics;
using Akka.Actor;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Search.Decisions;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Commands that are decided together, each on the state that the ones before it lead to, and written in one go.</summary>
/// <remarks>Nothing of a group leaves the actor before its events are in the journal: replies and spans wait in here.</remarks>
internal sealed class CommandGroup
{
    /// <summary>Most commands of one group; keeps one write short.</summary>
    public const int MaximumSize = 256;

    private readonly List<Answer> _answers = [];
    private readonly List<ISearchEvent> _events = [];

    private readonly CoordinatorSettings _settings;
    private readonly SearchScheduling _scheduling;

    private CommandGroup(SearchState? state, CoordinatorSettings settings, SearchScheduling scheduling) =>
        (State, _settings, _scheduling) = (state, settings, scheduling);

    /// <summary>The state that the events lead to.</summary>
    public SearchState? State { get; private set; }

    /// <summary>What is to be written, in order.</summary>
    public IReadOnlyList<ISearchEvent> Events => _events;

    /// <summary>Decides waiting commands in their order.</summary>
    /// <param name="search">Name that replies and events carry.</param>
    /// <param name="state">Its state as written; null before it was submitted.</param>
    /// <param name="waiting">The commands; those that are decided are taken out.</param>
    /// <param name="settings">The clock, the journal's health and who decides.</param>
    /// <param name="scheduling">The search's scheduler.</param>
    public static CommandGroup Decide(
        SearchId search,
        SearchState? state,
        WaitingCommands waiting,
        CoordinatorSettings settings,
        SearchScheduling scheduling)
    {
        var (group, now) = (new CommandGroup(state, settings, scheduling), settings.Clock.GetUtcNow());
        for (var size = 0; size < MaximumSize && waiting.TryDequeue(out var pending); size++)
        {
            group.Decide(search, pending, now);
        }

        return group;
    }

    /// <summary>Sends the replies; the events are written, or there are none.</summary>
    /// <param name="self">The search.</param>
    /// <param name="settled">Told of each command and its reply.</param>
    public void Reply(IActorRef self, Action<PendingCommand, IWithSearchId?> settled)
    {
        foreach (var (pending, reply, spans, changed) in _answers)
        {
            // Counted first: whoever has the answer finds it counted.
            SearchMetrics.Settled(pending.Command, reply, changed);
            if (ToSend(pending, reply) is { } message)
            {
                pending.Sender.Tell(message, self);
            }

            settled(pending, reply);
            End(spans, null);
        }
    }

    /// <summary>Tells the people who wait that the events could not be written.</summary>
    /// <param name="self">The search.</param>
    /// <param name="search">Its name.</param>
    /// <param name="cause">Why, in a sentence.</param>
    public void Refuse(IActorRef self, SearchId search, string cause)
    {
        foreach (var (pending, _, spans, _) in _answers)
        {
            Refuse(pending, self, search, cause);
            End(spans, cause);
        }
    }

    /// <summary>Tells a person who waits that the journal failed.</summary>
    /// <param name="pending">The command.</param>
    /// <param name="self">The search.</param>
    /// <param name="search">Its name.</param>
    /// <param name="cause">Why, in a sentence.</param>
    public static void Refuse(PendingCommand pending, IActorRef self, SearchId search, string cause)
    {
        if (pending.ComesFromUser)
        {
            var message =
                $"The journal did not confirm the command for search '{search}'. {cause} It may or may not have been written; look at the "
                    + $"search, then try again.";
            pending.Sender.Tell(new SearchReplies.CommandRejected(search, RejectionCode.JournalUnavailable, message), self);
        }
    }

    /// <summary>Tells a person who waits that the command was not even tried, because the journal takes no writes.</summary>
    /// <param name="pending">The command.</param>
    /// <param name="self">Who answers.</param>
    /// <param name="search">Name that the reply carries.</param>
    /// <param name="cause">Why, in a sentence.</param>
    public static void RefuseUntried(PendingCommand pending, IActorRef self, SearchId search, string cause)
    {
        if (pending.ComesFromUser)
        {
            pending.Sender.Tell(
                new SearchReplies.CommandRejected(
                    search,
                    RejectionCode.JournalUnavailable,
                    $"The command for search '{search}' was not taken, and nothing was written. {cause} Then try again."),
                self);
        }
    }

    private static object? ToSend(PendingCommand pending, IWithSearchId? reply) => (pending.Lease, reply) switch
    {
        ({ } lease, SearchReplies.WorkLeased { Groups.Count: > 0 } work) =>
            new WorkerProtocol.WorkAssigned(lease.Command.Worker.WorkerId, lease.RequestId, work.Groups),
        ({ }, SearchReplies.WorkLeased) => null,
        _ => reply,
    };

    private void Decide(SearchId search, PendingCommand pending, DateTimeOffset now)
    {
        if (State is null && pending.Command is not SearchCommands.SubmitSearch)
        {
            _answers.Add(new Answer(pending, UnknownSearch.Reply(pending.Command), [], HasChanged: false));
            return;
        }

        var spec = State?.Spec ?? ((SearchCommands.SubmitSearch)pending.Command).Spec;
        var decision = _settings.Decide(
            State, pending.Command, new DecisionContext(now, _scheduling.For(spec), FenceBase.At(now), _settings.Health.MendedAt));
        foreach (var e in decision.Events)
        {
            State = SearchEvolver.Apply(State, e);
            _events.Add(e);
        }

        _answers.Add(Trace(search, new Answer(pending, decision.Reply, [], HasChanged: decision.Events.Length > 0)));
    }

    private Answer Trace(SearchId search, Answer answer) => (answer.Pending.Command, answer.Reply) switch
    {
        (_, SearchReplies.WorkLeased { Groups.Count: > 0 } work) when State?.TraceParent is { } parent =>
            TraceDispatch(answer, work, parent),
        (SearchCommands.SubmitSearch { TraceParent: { } parent }, SearchReplies.CommandAccepted) =>
            answer with
            {
                Spans = [SearchClusterTelemetry.StartSpan(SpanNames.Accept, parent)?.SetTag(SearchClusterMetrics.SearchTag, search.Value)],
            },
        _ => answer,
    };

    private static Answer TraceDispatch(Answer answer, SearchReplies.WorkLeased work, string parent)
    {
        var spans = new List<Activity?>();
        var groups = work.Groups.Select(group => group with
        {
            Items = group.Items.Select(item =>
        {
            var span = SearchClusterTelemetry.StartSpan(SpanNames.Dispatch, parent)?
                .SetTag(SearchClusterMetrics.SearchTag, item.Lease.SearchId.Value)
                .SetTag("searchcluster.item", item.Lease.Item.ToString())
                .SetTag("searchcluster.attempt", item.Lease.Attempt);
            spans.Add(span);
            return item with { TraceParent = span?.Id ?? parent };
        }).ToValueArray(),
        }).ToValueArray();
        return answer with { Reply = work with { Groups = groups }, Spans = spans };
    }

    private static void End(IReadOnlyList<Activity?> spans, string? error)
    {
        foreach (var span in spans)
        {
            if (error is not null)
            {
                span?.SetStatus(ActivityStatusCode.Error, error);
            }

            span?.Dispose();
        }
    }

    /// <summary>A decided command.</summary>
    private sealed record Answer(PendingCommand Pending, IWithSearchId? Reply, IReadOnlyList<Activity?> Spans, bool HasChanged);
}

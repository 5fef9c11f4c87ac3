using Akka.Actor;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Actors;

/// <summary>Collects one line from each search for one request, answers it and ends; searches that are stopped are left out.</summary>
internal sealed class SearchListActor : UntypedActor
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private readonly IActorRef _asker;
    private readonly List<SearchSummary> _summaries = [];
    private readonly HashSet<IActorRef> _awaited;

    public SearchListActor(IReadOnlyList<IActorRef> searches, IActorRef asker)
    {
        _asker = asker;
        _awaited = [.. searches];
        foreach (var search in searches)
        {
            Context.Watch(search);
            search.Tell(LocalMessages.Summarise.Instance);
        }

        Context.SetReceiveTimeout(TimeLimit);
        AnswerWhenComplete();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LocalMessages.Summarised summarised:
                if (_awaited.Remove(Sender) && summarised.Summary is { } summary)
                {
                    _summaries.Add(summary);
                }

                AnswerWhenComplete();
                break;
            case Terminated terminated:
                _awaited.Remove(terminated.ActorRef);
                AnswerWhenComplete();
                break;
            case ReceiveTimeout:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AnswerWhenComplete()
    {
        if (_awaited.Count == 0)
        {
            _asker.Tell(new SearchList(_summaries.OrderBy(summary => summary.SubmittedAt).ThenBy(summary => summary.SearchId).ToValueArray()));
            Context.Stop(Self);
        }
    }
}

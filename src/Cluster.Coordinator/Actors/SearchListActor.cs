using Akka.Actor;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Reading;

namespace SearchCluster.Coordinator.Actors;

/// <summary>Collects one line from each search for one request, answers it and ends; lines of searches that are
/// stopped come from the journal.</summary>
internal sealed class SearchListActor : UntypedActor
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private readonly IActorRef _asker;
    private readonly JournalHealth _health;
    private readonly List<SearchSummary> _summaries = [];
    private readonly List<SearchDamage> _damaged = [];
    private readonly HashSet<IActorRef> _awaited;
    private bool _awaitsStopped = true;

    public SearchListActor(
        IReadOnlyList<IActorRef> running,
        IReadOnlyList<SearchReading> damaged,
        Task<object> stopped,
        IActorRef asker,
        JournalHealth health)
    {
        _asker = asker;
        _health = health;
        _awaited = [.. running];
        foreach (var search in running)
        {
            Context.Watch(search);
            search.Tell(LocalMessages.Summarise.Instance);
        }

        damaged.ToList().ForEach(Add);
        stopped.PipeTo(Self);
        Context.SetReceiveTimeout(TimeLimit);
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
            case SearchReading[] stopped:
                Array.ForEach(stopped, Add);
                _awaitsStopped = false;
                AnswerWhenComplete();
                break;
            case SearchReplies.CommandRejected refused:
                _asker.Tell(refused);
                Context.Stop(Self);
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

    private void Add(SearchReading reading)
    {
        if (reading.Damage is { } damage)
        {
            _damaged.Add(damage);
        }

        if (reading.Summary() is { } summary)
        {
            _summaries.Add(summary);
        }
    }

    private void AnswerWhenComplete()
    {
        if (_awaited.Count == 0 && !_awaitsStopped)
        {
            var trouble = _health.Now;
            _asker.Tell(new SearchList(
                _summaries.OrderBy(summary => summary.SubmittedAt).ThenBy(summary => summary.SearchId).ToValueArray(),
                _damaged.Count == 0 ? null : _damaged.OrderBy(damage => damage.Search).ToValueArray(),
                trouble?.Sentence,
                trouble?.Since));
            Context.Stop(Self);
        }
    }
}

using Akka.Actor;

namespace SearchCluster.Coordinator.Actors;

/// <summary>Searches that are being removed, who waits for that, and names that were removed before.</summary>
internal sealed class SearchDeletions(CoordinatorSettings settings, IActorContext context)
{
    private readonly Dictionary<SearchId, List<IActorRef>> _waiting = [];
    private readonly Dictionary<SearchId, string?> _deleted = [];
    private readonly HashSet<SearchId> _failed = [];
    private readonly HashSet<SearchId> _erased = [];

    /// <summary>Tells whether a search is deleted, but not all of it is gone.</summary>
    public bool IsUnderway(SearchId search) => _deleted.ContainsKey(search) || _waiting.ContainsKey(search);

    /// <summary>Tells whether a search of this name was here and is gone.</summary>
    public bool IsDone(SearchId search) => _erased.Contains(search);

    /// <summary>Notes who asked for the removal of a search.</summary>
    public void Await(SearchId search, IActorRef asker)
    {
        if (_waiting.TryGetValue(search, out var askers))
        {
            askers.Add(asker);
        }
        else
        {
            _waiting.Add(search, [asker]);
        }
    }

    /// <summary>The removal was refused, or could not be written.</summary>
    public void Refuse(SearchId search, IWithSearchId reply)
    {
        if (_waiting.Remove(search, out var askers))
        {
            askers.ForEach(asker => asker.Tell(reply));
        }
    }

    /// <summary>The journal of names says that the search is deleted.</summary>
    public void Deleted(SearchId search, string? traceId) => _deleted[search] = traceId;

    /// <summary>The name was given to a new search.</summary>
    public void Registered(SearchId search) => _erased.Remove(search);

    /// <summary>The journal of names says that nothing is left.</summary>
    public void Erased(SearchId search)
    {
        _deleted.Remove(search);
        _erased.Add(search);
        Refuse(search, new SearchReplies.SearchRemoved(search));
    }

    /// <summary>Goes on with what a crash interrupted.</summary>
    public void EraseAll()
    {
        foreach (var search in _deleted.Keys)
        {
            Erase(search);
        }
    }

    /// <summary>Removes events, snapshots and files of a search; <see cref="LocalMessages.Erased"/> follows.</summary>
    public void Erase(SearchId search)
    {
        var traceId = _deleted.GetValueOrDefault(search);
        context.ActorOf(Props.Create(() => new SearchEraserActor(search, () => settings.RemoveFilesAsync(search, traceId))));
    }

    /// <summary>Tries again to remove what could not be removed before, unless that goes on right now.</summary>
    public void EraseAgain(SearchId search)
    {
        if (_deleted.ContainsKey(search) && _failed.Remove(search))
        {
            Erase(search);
        }
    }

    /// <summary>Refuses all that are not written.</summary>
    public void RefuseAll(Func<SearchId, IWithSearchId> reply)
    {
        foreach (var search in _waiting.Keys.ToList())
        {
            Refuse(search, reply(search));
        }
    }

    /// <summary>Tells who waits that some of the search is still there.</summary>
    public void Failed(SearchId search, string problem)
    {
        _failed.Add(search);
        Refuse(search, new SearchReplies.CommandRejected(
            search,
            RejectionCode.JournalUnavailable,
            $"Search '{search}' is deleted, but not all of it could be removed: {problem} The rest is removed when the coordinator starts "
                + $"next, or by deleting it again."));
    }
}

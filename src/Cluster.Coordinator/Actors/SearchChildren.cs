using Akka.Actor;
using SearchCluster.Coordinator.Actors.Searches;
using SearchCluster.Coordinator.Reading;

namespace SearchCluster.Coordinator.Actors;

/// <summary>The manager's searches: their actors, which of them have recovered, and how long a stopped one waits.</summary>
internal sealed class SearchChildren(CoordinatorSettings settings, IActorContext context, IActorRef dispatcher)
{
    private readonly Dictionary<SearchId, Child> _children = [];
    private readonly Dictionary<IActorRef, SearchId> _names = [];
    private readonly Dictionary<IActorRef, SearchId> _removed = [];
    private int _notReady;

    /// <summary>How many searches are registered.</summary>
    public int Count => _children.Count;

    /// <summary>True when every search has recovered.</summary>
    public bool AreReady => _notReady == 0;

    public IEnumerable<SearchId> Names => _children.Keys;

    /// <summary>Actors of all searches that are not stopped.</summary>
    public IReadOnlyList<IActorRef> Running => [.. _names.Keys];

    /// <summary>Tells whether a search is registered.</summary>
    /// <returns>True when it is, also while its actor is stopped.</returns>
    public bool Contains(SearchId search) => _children.ContainsKey(search);

    /// <summary>Finds a search's actor.</summary>
    /// <returns>Null when there is none, or it is stopped or about to be.</returns>
    public IActorRef? Find(SearchId search) => _children.GetValueOrDefault(search) is { IsStopping: false } child ? child.Reference : null;

    /// <summary>Searches whose actor is stopped for now, but not for good.</summary>
    public IReadOnlyList<SearchId> Stopped =>
        [.. _children.Where(entry => entry.Value is { Reference: null, Damaged: null }).Select(entry => entry.Key)];

    /// <summary>Searches that are damaged.</summary>
    public IReadOnlyList<SearchReading> Damaged => [.. _children.Values.Select(child => child.Damaged).OfType<SearchReading>()];

    /// <summary>Finds what is left of a damaged search.</summary>
    /// <returns>Null when it is not damaged.</returns>
    public SearchReading? FindDamaged(SearchId search) => _children.GetValueOrDefault(search)?.Damaged;

    /// <summary>Registers a search; its actor is not started.</summary>
    public void Add(SearchId search)
    {
        if (_children.TryAdd(search, new Child()))
        {
            _notReady++;
        }
    }

    /// <summary>Forgets a search.</summary>
    /// <returns>Its actor, which the caller stops; null when none runs.</returns>
    public IActorRef? Remove(SearchId search)
    {
        if (!_children.Remove(search, out var child))
        {
            return null;
        }

        _notReady -= child.IsReady ? 0 : 1;
        if (child.Reference is { } reference)
        {
            _names.Remove(reference);
            _removed.Add(reference, search);
        }

        return child.Reference;
    }

    /// <summary>Finds the removed search whose actor stopped.</summary>
    /// <param name="reference">The actor.</param>
    /// <returns>The search; null when the actor is another's.</returns>
    public SearchId? TakeRemoved(IActorRef reference) => _removed.Remove(reference, out var search) ? search : null;

    /// <summary>Starts the actors of all searches.</summary>
    public void StartAll()
    {
        foreach (var search in _children.Keys)
        {
            Start(search);
        }
    }

    /// <summary>Starts a search's actor, if it is not running.</summary>
    /// <param name="search">Name of one of the children.</param>
    /// <param name="recovered">What was read of it already, because it could not be recovered by the usual way; or null.</param>
    public IActorRef Start(SearchId search, SearchReading? recovered = null)
    {
        var child = _children[search];
        if (child.Reference is null)
        {
            child.Reference = context.Watch(context.ActorOf(
                Props.Create(() => new SearchActor(search, dispatcher, settings, recovered)),
                SearchActor.PersistenceIdPrefix + search.Value));
            child.StartedAt = settings.Clock.GetTimestamp();
            _names.Add(child.Reference, search);
        }

        return child.Reference;
    }

    /// <summary>Notes that a search has recovered.</summary>
    public void Ready(SearchId search)
    {
        if (_children.TryGetValue(search, out var child) && !child.IsReady)
        {
            child.IsReady = true;
            _notReady--;
        }
    }

    /// <summary>Notes that a search cannot be recovered; it is not started again, and nobody waits for it.</summary>
    /// <param name="reading">What is left of it.</param>
    public void Damage(SearchReading reading)
    {
        if (_children.TryGetValue(reading.SearchId, out var child))
        {
            child.Damaged = reading;
            Ready(reading.SearchId);
        }
    }

    /// <summary>Notes that a search's recovery failed, so that what is wrong has to be found out.</summary>
    public void Unreadable(SearchId search)
    {
        if (_children.TryGetValue(search, out var child))
        {
            (child.IsUnreadable, child.IsStopping) = (true, true);
        }
    }

    /// <summary>Notes that a search's actor takes no more messages.</summary>
    public void Stops(SearchId search)
    {
        if (_children.TryGetValue(search, out var child))
        {
            child.IsStopping = true;
        }
    }

    /// <summary>Notes that an actor stopped.</summary>
    /// <param name="reference">The actor.</param>
    /// <returns>Its search, whether its recovery failed, and how long it waits: longer each time, from the shortest again after it ran well
    /// for the longest wait.</returns>
    public (SearchId SearchId, bool IsUnreadable, TimeSpan Delay)? OnStopped(IActorRef reference)
    {
        if (!_names.Remove(reference, out var search))
        {
            return null;
        }

        var child = _children[search];
        var isUnreadable = child.IsUnreadable;
        (child.Reference, child.IsStopping, child.IsUnreadable) = (null, false, false);
        child.Failures = child.IsReady && settings.Clock.GetElapsedTime(child.StartedAt) > settings.MaximumBackoff ? 0 : child.Failures + 1;
        if (child.IsReady)
        {
            child.IsReady = false;
            _notReady++;
        }

        var delay = settings.MinimumBackoff * Math.Pow(2, Math.Min(child.Failures, 20));
        return (search, isUnreadable, delay < settings.MaximumBackoff ? delay : settings.MaximumBackoff);
    }

    private sealed class Child
    {
        public IActorRef? Reference { get; set; }

        public bool IsStopping { get; set; }

        public long StartedAt { get; set; }

        public int Failures { get; set; }

        public bool IsReady { get; set; }

        public bool IsUnreadable { get; set; }

        public SearchReading? Damaged { get; set; }
    }
}

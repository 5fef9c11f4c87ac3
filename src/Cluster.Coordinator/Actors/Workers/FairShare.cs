using Akka.Actor;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>Chooses which search gets a free slot: of those that the worker suits, the one with the fewest running items.</summary>
internal sealed class FairShare
{
    private readonly Dictionary<SearchId, Entry> _searches = [];

    /// <summary>All searches that are not over, and where they are reached.</summary>
    public IEnumerable<KeyValuePair<SearchId, IActorRef>> Active =>
        _searches.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Reference));

    /// <summary>Notes what a search could lease right now.</summary>
    /// <param name="demand">How many groups wait there; a search that is over is forgotten.</param>
    /// <param name="reference">Where it is reached.</param>
    /// <returns>True when the search was not known before.</returns>
    public bool Note(LocalMessages.SearchDemand demand, IActorRef reference)
    {
        if (demand.IsOver)
        {
            _searches.Remove(demand.SearchId);
            return false;
        }

        var isNew = !_searches.TryGetValue(demand.SearchId, out var entry);
        if (isNew)
        {
            _searches.Add(demand.SearchId, entry = new Entry());
        }

        entry!.Demand = demand;
        entry.Reference = reference;
        entry.GaveNothing = false;
        return isNew;
    }

    /// <summary>Forgets a search whose actor is gone.</summary>
    public void Forget(SearchId search) => _searches.Remove(search);

    /// <summary>Finds where an active search is reached.</summary>
    /// <returns>Its actor, or null when it is over, unknown or gone.</returns>
    public IActorRef? Find(SearchId search) => _searches.GetValueOrDefault(search)?.Reference;

    /// <summary>Chooses a search for a worker and reserves what it is asked for.</summary>
    /// <remarks>A worker with many free slots gets an equal part from each search, one request after the other.</remarks>
    /// <param name="worker">Who asks; searches that it does not fit are passed over.</param>
    /// <param name="available">Its free slots.</param>
    /// <returns>The search and how many groups to ask for; null when no search has work for it.</returns>
    public (SearchId Search, IActorRef Reference, int Groups)? Take(WorkerDescription worker, int available)
    {
        Entry? best = null;
        var suitable = 0;
        foreach (var entry in _searches.Values)
        {
            if (entry.Unreserved <= 0 || !entry.Demand.Demand.Fits(worker))
            {
                continue;
            }

            suitable++;
            if (best is null || (entry.Share, entry.Demand.SearchId).CompareTo((best.Share, best.Demand.SearchId)) < 0)
            {
                best = entry;
            }
        }

        if (best is null)
        {
            return null;
        }

        var groups = Math.Min(best.Unreserved, (available + suitable - 1) / suitable);
        best.Reserved += groups;
        return (best.Demand.SearchId, best.Reference, groups);
    }

    /// <summary>Chooses a search for a worker that runs nothing, which is to run one of its groups alone, and reserves it.</summary>
    /// <returns>The search; null when none has such work for it.</returns>
    public (SearchId Search, IActorRef Reference)? TakeAlone(WorkerDescription worker)
    {
        var best = _searches.Values.Where(entry => entry.WantsAlone(worker))
            .MinBy(entry => (entry.Share, entry.Demand.SearchId));
        if (best is null)
        {
            return null;
        }

        best.ReservedAlone++;
        return (best.Demand.SearchId, best.Reference);
    }

    /// <summary>Tells whether some search has work for a worker that would run alone there.</summary>
    public bool WantAlone(WorkerDescription worker) => _searches.Values.Any(entry => entry.WantsAlone(worker));

    /// <summary>Ends a reservation.</summary>
    /// <param name="asked">What the search was asked for.</param>
    /// <param name="given">How many groups it gave.</param>
    public void Settle(SearchCommands.LeaseWork asked, int given)
    {
        if (_searches.TryGetValue(asked.SearchId, out var entry))
        {
            entry.Reserved = Math.Max(0, entry.Reserved - (asked.Alone ? 0 : asked.Slots));
            entry.ReservedAlone = Math.Max(0, entry.ReservedAlone - (asked.Alone ? asked.Slots : 0));
            entry.GaveNothing = given == 0;
        }
    }

    private sealed class Entry
    {
        public LocalMessages.SearchDemand Demand { get; set; } = null!;

        public IActorRef Reference { get; set; } = ActorRefs.Nobody;

        public int Reserved { get; set; }

        public int ReservedAlone { get; set; }

        public bool GaveNothing { get; set; }

        public int Share => Demand.Running + Reserved + ReservedAlone;

        public int Unreserved => GaveNothing ? 0 : Demand.Demand.Groups - Reserved;

        public bool WantsAlone(WorkerDescription worker) =>
            !GaveNothing && Demand.Demand.Alone > ReservedAlone && Demand.Demand.Fits(worker);
    }
}

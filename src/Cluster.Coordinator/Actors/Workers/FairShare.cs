using Akka.Actor;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>Chooses which search gets a free slot: of those that the worker suits the one of the highest priority, and of these the one
/// with the fewest running items.</summary>
/// <remarks>Nothing is taken away from a search of a lower priority: what runs goes on, and the next free slot is another's.</remarks>
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
        (entry.GaveNothing, entry.GaveNothingAlone) = (false, false);
        return isNew;
    }

    /// <summary>Forgets a search whose actor is gone.</summary>
    public void Forget(SearchId search) => _searches.Remove(search);

    /// <summary>Finds where an active search is reached.</summary>
    /// <returns>Its actor, or null when it is over, unknown or gone.</returns>
    public IActorRef? Find(SearchId search) => _searches.GetValueOrDefault(search)?.Reference;

    /// <summary>Chooses a search for a worker and reserves what it is asked for.</summary>
    /// <remarks>A worker with many free slots gets an equal part from each search of the highest priority, one request after the
    /// other.</remarks>
    /// <param name="worker">Who asks; searches that it does not fit are passed over.</param>
    /// <param name="available">Its free slots.</param>
    /// <returns>The search and how many groups to ask for; null when no search has work for it.</returns>
    public (SearchId Search, IActorRef Reference, int Groups)? Take(WorkerDescription worker, int available)
    {
        var suitable = 0;
        Entry? best = null;
        foreach (var entry in _searches.Values.Where(entry => entry.WantsBeside(worker)))
        {
            suitable = best is null || entry.Priority > best.Priority ? 1
                : entry.Priority == best.Priority ? suitable + 1
                : suitable;
            best = best is null || entry.IsBefore(best) ? entry : best;
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
    /// <returns>The search; null when none has such work for it, or one of a higher priority has other work.</returns>
    public (SearchId Search, IActorRef Reference)? TakeAlone(WorkerDescription worker)
    {
        if (FirstAlone(worker) is not { } best)
        {
            return null;
        }

        best.ReservedAlone++;
        return (best.Demand.SearchId, best.Reference);
    }

    /// <summary>Tells whether some search has work for a worker that would run alone there, and none of a higher priority has
    /// other.</summary>
    public bool WantAlone(WorkerDescription worker) => FirstAlone(worker) is not null;

    /// <summary>Ends a reservation.</summary>
    /// <param name="asked">What the search was asked for.</param>
    /// <param name="given">How many groups it gave.</param>
    public void Settle(SearchCommands.LeaseWork asked, int given)
    {
        if (!_searches.TryGetValue(asked.SearchId, out var entry))
        {
            return;
        }

        if (asked.Alone)
        {
            (entry.ReservedAlone, entry.GaveNothingAlone) = (Math.Max(0, entry.ReservedAlone - asked.Slots), given == 0);
        }
        else
        {
            (entry.Reserved, entry.GaveNothing) = (Math.Max(0, entry.Reserved - asked.Slots), given == 0);
        }
    }

    // Work that runs alone waits for a whole worker, so it goes before what runs beside others; not before what is more important.
    private Entry? FirstAlone(WorkerDescription worker)
    {
        Entry? best = null;
        foreach (var entry in _searches.Values.Where(entry => entry.WantsAlone(worker)))
        {
            best = best is null || entry.IsBefore(best) ? entry : best;
        }

        return best is null || _searches.Values.Any(entry => entry.Priority > best.Priority && entry.WantsBeside(worker)) ? null : best;
    }

    private sealed class Entry
    {
        public LocalMessages.SearchDemand Demand { get; set; } = null!;

        public IActorRef Reference { get; set; } = ActorRefs.Nobody;

        public int Reserved { get; set; }

        public int ReservedAlone { get; set; }

        public bool GaveNothing { get; set; }

        public bool GaveNothingAlone { get; set; }

        public int Priority => Demand.Priority;

        public int Share => Demand.Running + Reserved + ReservedAlone;

        public int Unreserved => GaveNothing ? 0 : Demand.Demand.Groups - Reserved;

        public bool WantsBeside(WorkerDescription worker) => Unreserved > 0 && Demand.Demand.Fits(worker);

        public bool WantsAlone(WorkerDescription worker) =>
            !GaveNothingAlone && Demand.Demand.Alone > ReservedAlone && Demand.Demand.Fits(worker);

        public bool IsBefore(Entry other) =>
            (-Priority, Share, Demand.SearchId).CompareTo((-other.Priority, other.Share, other.Demand.SearchId)) < 0;
    }
}

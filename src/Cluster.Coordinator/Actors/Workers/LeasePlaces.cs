using System.Collections.Immutable;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>Which lease runs in which process of which worker, over all searches: whoever loses its process did so alone, or beside
/// others.</summary>
/// <remarks>A lease stays until its search says that it has ended, also when its worker is gone.</remarks>
internal sealed class LeasePlaces
{
    private readonly Dictionary<WorkerId, Dictionary<LeaseKey, Place>> _places = [];
    private readonly Dictionary<LeaseKey, WorkerId> _workers = [];

    /// <summary>Notes where a lease runs.</summary>
    /// <param name="lease">Search, item, attempt and fence.</param>
    /// <param name="worker">Name of the worker, which all its processes share.</param>
    /// <param name="incarnation">Its process.</param>
    /// <param name="isAlone">Whether nothing else may run there.</param>
    public void Put(LeaseKey lease, WorkerId worker, string incarnation, bool isAlone)
    {
        End(lease);
        if (!_places.TryGetValue(worker, out var places))
        {
            _places.Add(worker, places = []);
        }

        places[lease] = new Place(incarnation, isAlone);
        _workers[lease] = worker;
    }

    /// <summary>Notes what a search held when it recovered.</summary>
    /// <param name="leases">Its open leases.</param>
    public void Recover(ImmutableArray<OpenLease> leases)
    {
        foreach (var lease in leases)
        {
            Put(lease.Lease, lease.WorkerId, lease.Incarnation, lease.IsAlone);
        }
    }

    /// <summary>Notes that others may run beside a lease.</summary>
    /// <returns>Its worker; null when it is not known.</returns>
    public WorkerId? Share(LeaseKey lease)
    {
        if (!_workers.TryGetValue(lease, out var worker))
        {
            return null;
        }

        _places[worker][lease] = _places[worker][lease] with { IsAlone = false };
        return worker;
    }

    /// <summary>Notes that a lease is over.</summary>
    public void End(LeaseKey lease)
    {
        if (_workers.Remove(lease, out var worker) && _places[worker] is var places)
        {
            places.Remove(lease);
            if (places.Count == 0)
            {
                _places.Remove(worker);
            }
        }
    }

    /// <summary>Notes what a worker's process says it holds: it took over what an older one has finished.</summary>
    /// <param name="worker">Name of the worker, which all its processes share.</param>
    /// <param name="incarnation">Its process.</param>
    /// <param name="held">The leases.</param>
    public void Hold(WorkerId worker, string incarnation, ValueArray<LeaseKey> held)
    {
        if (_places.TryGetValue(worker, out var places))
        {
            foreach (var lease in held.Where(places.ContainsKey))
            {
                places[lease] = places[lease] with { Incarnation = incarnation };
            }
        }
    }

    /// <summary>Tells whether a process runs something that nothing may run beside.</summary>
    public bool IsTaken(WorkerId worker, string incarnation) =>
        Of(worker).Any(place => place.Value.IsAlone && place.Value.Incarnation == incarnation);

    /// <summary>Lists the searches with leases in a process.</summary>
    public IReadOnlyCollection<SearchId> Searches(WorkerId worker, string incarnation) =>
        Of(worker).Where(place => place.Value.Incarnation == incarnation).Select(place => place.Key.SearchId).ToHashSet();

    /// <summary>Lists the searches with leases in the older processes of a worker.</summary>
    /// <param name="worker">Name of the worker, which all its processes share.</param>
    /// <param name="incarnation">Its process now.</param>
    public IReadOnlyCollection<SearchId> FormerSearches(WorkerId worker, string incarnation) =>
        Of(worker).Where(place => place.Value.Incarnation != incarnation).Select(place => place.Key.SearchId).ToHashSet();

    private Dictionary<LeaseKey, Place> Of(WorkerId worker) => _places.GetValueOrDefault(worker) ?? [];

    private sealed record Place(string Incarnation, bool IsAlone);
}

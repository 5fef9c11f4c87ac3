using System.Collections.Immutable;
using Akka.Actor;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>What is known about open leases besides the journal: deadlines, and where their workers are reached.</summary>
/// <remarks>
/// Deadlines are kept in memory and never written: a lease starts with the full lease time, also after a recovery, and each heartbeat
/// gives it a full one again. They count monotonic time, so a changed wall clock ends nothing.
/// </remarks>
internal sealed class LeaseTable(TimeProvider clock, TimeSpan leaseTime)
{
    // What the dead coordinator had sent is with the worker by then.
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromSeconds(1);

    private readonly Dictionary<LeaseKey, Entry> _entries = [];
    private int _generation;

    /// <summary>How many leases are open.</summary>
    public int Count => _entries.Count;

    /// <summary>Follows the state after a commit.</summary>
    /// <param name="open">All open leases.</param>
    /// <param name="areRecovered">True for leases that an earlier life of the search gave out: nobody knows
    /// whether their workers got them.</param>
    /// <returns>Leases that are not open any more, and those that do not run alone any more.</returns>
    public (ImmutableArray<LeaseKey> Ended, ImmutableArray<LeaseKey> Shared) Follow(IEnumerable<OpenLease> open, bool areRecovered = false)
    {
        _generation++;
        var seen = 0;
        ImmutableArray<LeaseKey> shared = [];
        foreach (var lease in open)
        {
            seen++;
            if (!_entries.TryGetValue(lease.Lease, out var entry))
            {
                _entries.Add(lease.Lease, entry = new Entry(clock.GetTimestamp())
                {
                    MayBeUndelivered = areRecovered,
                    IsShared = areRecovered ? null : false,
                });
            }

            if (entry.Open is { IsAlone: true } && !lease.IsAlone)
            {
                shared = shared.Add(lease.Lease);
            }

            entry.Generation = _generation;
            entry.Open = lease;
        }

        return (seen == _entries.Count ? [] : RemoveOthers(), shared);
    }

    /// <summary>Notes that attempts of other searches run in a process, too.</summary>
    public void Share(WorkerId worker, string incarnation)
    {
        foreach (var entry in _entries.Values.Where(entry => entry.ProcessId == (worker, incarnation)))
        {
            entry.IsShared = true;
        }
    }

    /// <summary>Finds leases that must be cancelled and whose worker was not told yet; each is returned once.</summary>
    /// <returns>The leases and their workers.</returns>
    public IReadOnlyList<(OpenLease Lease, IActorRef Worker)> TakeCancelled()
    {
        List<(OpenLease, IActorRef)>? cancelled = null;
        foreach (var entry in _entries.Values)
        {
            if (entry is { Told: false, Open: { CancelReason: not null } open, Worker: { } worker })
            {
                entry.Told = true;
                (cancelled ??= []).Add((open, worker));
            }
        }

        return cancelled ?? [];
    }

    /// <summary>Gives a lease a full lease time from now.</summary>
    /// <param name="lease">Search, item, attempt and fence; nothing happens where it is not open.</param>
    /// <param name="worker">Where its worker is reached now.</param>
    /// <param name="isShared">Whether attempts of other searches run in its process.</param>
    /// <returns>The lease, or null when it is not open.</returns>
    public OpenLease? Renew(LeaseKey lease, IActorRef worker, bool isShared)
    {
        if (!_entries.TryGetValue(lease, out var entry))
        {
            return null;
        }

        entry.RenewedAt = clock.GetTimestamp();
        entry.MayBeUndelivered = false;
        entry.IsShared = isShared;
        entry.Worker = worker;
        return entry.Open;
    }

    /// <summary>Gives all leases a full lease time from now, and looks at each of them anew.</summary>
    public void RenewAll()
    {
        foreach (var entry in _entries.Values)
        {
            (entry.RenewedAt, entry.Taken) = (clock.GetTimestamp(), false);
        }
    }

    /// <summary>Notes where the worker of a lease is reached.</summary>
    public void Attach(LeaseKey lease, IActorRef worker)
    {
        if (_entries.TryGetValue(lease, out var entry))
        {
            entry.Worker = worker;
        }
    }

    /// <summary>Finds leases without a heartbeat for the lease time; each is returned once.</summary>
    /// <param name="onlyCancelled">True to leave those that their search does not end.</param>
    public List<LostLease> TakeExpired(bool onlyCancelled) => Lost(
        entry => clock.GetElapsedTime(entry.RenewedAt) >= leaseTime && (!onlyCancelled || entry.Open is { CancelReason: not null }),
        [],
        wasShared: false,
        isUnknownShared: true);

    /// <summary>Finds the leases that older processes of a worker left behind; each is returned once.</summary>
    /// <param name="worker">Name of the worker, which all its processes share.</param>
    /// <param name="incarnation">Its process now.</param>
    /// <param name="held">Leases that it has taken over.</param>
    /// <param name="wasShared">Whether attempts of other searches ran in the older processes.</param>
    public List<LostLease> TakeOrphaned(WorkerId worker, string incarnation, ImmutableArray<LeaseKey> held, bool wasShared) => Lost(
        entry => entry.Open is { } open && open.WorkerId == worker && open.Incarnation != incarnation && !held.Contains(open.Lease),
        held,
        wasShared,
        isUnknownShared: false);

    /// <summary>Finds recovered leases that their worker's own process does not know: the coordinator died
    /// between writing and sending them.</summary>
    /// <remarks>An assignment that is still on its way after all is answered as stale, as after every release.</remarks>
    /// <param name="worker">Name of the worker, which all its processes share.</param>
    /// <param name="incarnation">Its process now.</param>
    /// <returns>The leases; each is returned once.</returns>
    public IEnumerable<LeaseKey> TakeUndelivered(WorkerId worker, string incarnation) => Take(entry =>
        entry is { MayBeUndelivered: true, Open: { } open }
            && open.WorkerId == worker
            && open.Incarnation == incarnation
            && clock.GetElapsedTime(entry.RenewedAt) >= DeliveryTime).Select(pair => pair.Key);

    /// <summary>Finds the leases of a worker's older processes that ended in order: they never reached them, or were given back by a
    /// message that was lost.</summary>
    /// <param name="worker">Name of the worker, which all its processes share.</param>
    /// <param name="exited">Those processes.</param>
    /// <param name="held">Leases that its process of now has taken over.</param>
    /// <returns>The leases; each is returned once.</returns>
    public IReadOnlyList<LeaseKey> TakeGivenBack(WorkerId worker, ValueArray<string> exited, ImmutableArray<LeaseKey> held) =>
        exited.Count == 0
            ? []
            : [.. Take(entry => entry.Open is { } open
                && open.WorkerId == worker
                && exited.Contains(open.Incarnation)
                && !held.Contains(open.Lease)).Select(pair => pair.Key)];

    // Those of one process may be found one after the other: each was renewed at its own time. What a newer process holds had finished.
    private List<LostLease> Lost(Func<Entry, bool> condition, ImmutableArray<LeaseKey> finished, bool wasShared, bool isUnknownShared)
    {
        var taken = Take(condition);
        if (taken.Count == 0)
        {
            return [];
        }

        var inProcess = _entries.Where(pair => !finished.Contains(pair.Key)).CountBy(pair => pair.Value.ProcessId).ToDictionary();
        List<LostLease> lost = [.. taken.Select(pair => new LostLease(
            pair.Key, wasShared || (pair.Value.IsShared ?? isUnknownShared) || inProcess[pair.Value.ProcessId] > 1))];
        var processes = taken.Select(pair => pair.Value.ProcessId).ToHashSet();
        foreach (var entry in _entries.Values.Where(entry => processes.Contains(entry.ProcessId)))
        {
            entry.IsShared = true;
        }

        return lost;
    }

    private List<KeyValuePair<LeaseKey, Entry>> Take(Func<Entry, bool> condition)
    {
        List<KeyValuePair<LeaseKey, Entry>> taken = [.. _entries.Where(pair => !pair.Value.Taken && condition(pair.Value))];
        taken.ForEach(pair => pair.Value.Taken = true);
        return taken;
    }

    private ImmutableArray<LeaseKey> RemoveOthers()
    {
        ImmutableArray<LeaseKey> gone = [.. _entries.Where(pair => pair.Value.Generation != _generation).Select(pair => pair.Key)];
        foreach (var lease in gone)
        {
            _entries.Remove(lease);
        }

        return gone;
    }

    private sealed class Entry(long renewedAt)
    {
        public long RenewedAt { get; set; } = renewedAt;

        public OpenLease? Open { get; set; }

        /// <summary>The process that it was given to.</summary>
        public (WorkerId, string) ProcessId => Open is { } open ? (open.WorkerId, open.Incarnation) : default;

        /// <summary>Whether other attempts run in its process besides those that are here; null when nobody has said so yet.</summary>
        public bool? IsShared { get; set; }

        /// <summary>True until its worker names it.</summary>
        public bool MayBeUndelivered { get; set; }

        public IActorRef? Worker { get; set; }

        public bool Told { get; set; }

        public bool Taken { get; set; }

        public int Generation { get; set; }
    }
}

/// <summary>A lease that is lost with its worker's process.</summary>
/// <param name="Lease">Search, item, attempt and fence.</param>
/// <param name="IsShared">Whether other attempts ran, or may have run, in that process.</param>
internal sealed record LostLease(LeaseKey Lease, bool IsShared);

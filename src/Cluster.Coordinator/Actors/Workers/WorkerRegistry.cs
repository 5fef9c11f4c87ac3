using Akka.Actor;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>The workers that were heard of within the lease time.</summary>
internal sealed class WorkerRegistry(TimeProvider clock, TimeSpan leaseTime)
{
    private const int RememberedProcesses = 16;
    private const int RememberedNames = 1_000;

    private readonly Dictionary<WorkerId, WorkerEntry> _workers = [];
    private readonly Dictionary<WorkerId, List<string>> _superseded = [];
    private readonly Dictionary<WorkerId, WorkerProtocol.RequestWork> _early = [];
    private readonly Dictionary<LeaseKey, WorkerEntry> _owners = [];
    private long _arrivals;

    public IReadOnlyCollection<WorkerEntry> All => _workers.Values;

    /// <summary>Slots of all workers that take work.</summary>
    public int Slots { get; private set; }

    /// <summary>Finds a worker.</summary>
    /// <param name="worker">Its name.</param>
    /// <returns>The worker, or null.</returns>
    public WorkerEntry? Find(WorkerId worker) => _workers.GetValueOrDefault(worker);

    /// <summary>Tells why a process is not heard: a newer one has its name, or there are too many workers.</summary>
    /// <param name="worker">Its name.</param>
    /// <param name="incarnation">The process.</param>
    /// <returns>The reason for people, or null when it may speak.</returns>
    public string? Refusal(WorkerId worker, string incarnation)
    {
        if (IsSuperseded(worker, incarnation))
        {
            return $"Another process has taken over the name of worker {worker}. Give each worker a name of its own with --name.";
        }

        return _workers.Count >= WorkerLimits.Workers && !_workers.ContainsKey(worker)
            ? $"Worker {worker} is one too many; the cluster has {Counted.Of(_workers.Count, "worker")} already, its limit."
            : null;
    }

    /// <summary>Tells whether a newer process has the name of this one.</summary>
    /// <param name="worker">Its name.</param>
    /// <param name="incarnation">The process.</param>
    public bool IsSuperseded(WorkerId worker, string incarnation) =>
        _superseded.TryGetValue(worker, out var older) && older.Contains(incarnation);

    /// <summary>Notes a hello.</summary>
    /// <param name="hello">What the worker says of itself, and the leases that it holds.</param>
    /// <param name="reference">Where it came from.</param>
    /// <param name="isNewProcess">True when the process was not known.</param>
    public WorkerEntry Hear(WorkerProtocol.WorkerHello hello, IActorRef reference, out bool isNewProcess)
    {
        isNewProcess = !_workers.TryGetValue(hello.WorkerId, out var entry) || entry.Worker.Incarnation != hello.Worker.Incarnation;
        if (isNewProcess)
        {
            if (entry is not null)
            {
                Supersede(entry.Worker);
                Remove(hello.WorkerId, entry.Worker.Incarnation);
            }

            _workers[hello.WorkerId] = entry = new WorkerEntry(hello.Worker, reference);
            if (_early.Remove(hello.WorkerId, out var request) && request.Incarnation == hello.Worker.Incarnation)
            {
                entry.Open(request, ++_arrivals);
            }

            Slots += entry.OfferedSlots;
        }

        var offered = entry!.OfferedSlots;
        entry.Worker = hello.Worker;
        entry.Drain = hello.Drain;
        Slots += entry.OfferedSlots - offered;
        entry.Reference = reference;
        entry.Held = hello.Held;
        entry.Former = hello.Former?.Normalised() ?? entry.Former;
        entry.CleanExits = hello.CleanExits ?? [];
        entry.LastSeenAt = clock.GetUtcNow();
        entry.LastSeen = clock.GetTimestamp();
        return entry;
    }

    /// <summary>Opens a request; one that came before its worker's hello (after a restart of the coordinator) waits for that.</summary>
    /// <returns>The worker; null when it is not known yet.</returns>
    public WorkerEntry? Open(WorkerProtocol.RequestWork request)
    {
        if (_workers.TryGetValue(request.WorkerId, out var entry) && entry.Worker.Incarnation == request.Incarnation)
        {
            entry.Open(request, ++_arrivals);
            return entry;
        }

        if (_early.Count < WorkerLimits.Workers || _early.ContainsKey(request.WorkerId))
        {
            _early[request.WorkerId] = request;
        }

        return null;
    }

    /// <summary>Notes the leases that a worker was given.</summary>
    /// <param name="entry">The worker.</param>
    /// <param name="answered">What a search gave.</param>
    public void Given(WorkerEntry entry, LocalMessages.LeaseAnswered answered)
    {
        entry.Given(answered.Asked.RequestId, answered.Groups);
        foreach (var lease in answered.Groups.SelectMany(group => group))
        {
            _owners[lease] = entry;
        }
    }

    /// <summary>Notes that a lease is over.</summary>
    /// <returns>The worker that has a slot more now, or null.</returns>
    public WorkerEntry? End(LeaseKey lease) => _owners.Remove(lease, out var entry) && entry.End(lease) ? entry : null;

    /// <summary>Forgets a worker that left.</summary>
    /// <param name="worker">Its name.</param>
    /// <param name="incarnation">Its process.</param>
    /// <returns>True when it was there.</returns>
    public bool Remove(WorkerId worker, string incarnation)
    {
        if (!_workers.TryGetValue(worker, out var entry) || entry.Worker.Incarnation != incarnation)
        {
            return false;
        }

        Slots -= entry.OfferedSlots;
        return _workers.Remove(worker);
    }

    /// <summary>Forgets workers that said nothing for the lease time.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<WorkerId> RemoveSilent()
    {
        List<WorkerDescription>? silent = null;
        foreach (var entry in _workers.Values)
        {
            if (clock.GetElapsedTime(entry.LastSeen) >= leaseTime)
            {
                (silent ??= []).Add(entry.Worker);
            }
        }

        silent?.ForEach(worker => Remove(worker.WorkerId, worker.Incarnation));
        return silent?.ConvertAll(worker => worker.WorkerId) ?? [];
    }

    /// <summary>Tells whether a worker was heard of lately enough to be given work: within half of the lease time.</summary>
    /// <param name="entry">The worker.</param>
    /// <returns>False when it may be dead.</returns>
    public bool IsFresh(WorkerEntry entry) => clock.GetElapsedTime(entry.LastSeen) < leaseTime / 2;

    /// <summary>Finds workers that wait for work, those that wait longest first.</summary>
    /// <returns>A copy.</returns>
    public IReadOnlyList<WorkerEntry> Waiting()
    {
        List<WorkerEntry>? waiting = null;
        foreach (var entry in _workers.Values)
        {
            if (entry.Available > 0)
            {
                (waiting ??= []).Add(entry);
            }
        }

        waiting?.Sort((left, right) => left.WaitingSince.CompareTo(right.WaitingSince));
        return waiting ?? [];
    }

    /// <summary>Lists the workers for people.</summary>
    /// <returns>By name.</returns>
    public ValueArray<WorkerView> Describe() => _workers.Values
        .OrderBy(entry => entry.Worker.WorkerId.Value, StringComparer.Ordinal)
        .Select(entry => entry.View())
        .ToValueArray();

    private void Supersede(WorkerDescription older)
    {
        if (!_superseded.TryGetValue(older.WorkerId, out var processes))
        {
            if (_superseded.Count >= RememberedNames)
            {
                _superseded.Clear();
            }

            _superseded.Add(older.WorkerId, processes = []);
        }

        if (processes.Count == RememberedProcesses)
        {
            processes.RemoveAt(0);
        }

        processes.Add(older.Incarnation);
    }
}

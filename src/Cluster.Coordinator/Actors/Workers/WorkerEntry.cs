using System.Collections.Immutable;
using Akka.Actor;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>What the dispatcher knows of one worker's process.</summary>
internal sealed class WorkerEntry(WorkerDescription worker, IActorRef reference)
{
    private readonly Dictionary<LeaseKey, LeasedGroup> _leases = [];
    private int _openGroups;
    private long _lastRequest;

    /// <summary>Who it is.</summary>
    public WorkerDescription Worker { get; set; } = worker;

    /// <summary>Where it is reached; changes when only its connection was built anew.</summary>
    public IActorRef Reference { get; set; } = reference;

    /// <summary>What it says it holds.</summary>
    public ValueArray<LeaseKey> Held { get; set; } = [];

    /// <summary>That it takes no more work; null when it does.</summary>
    public WorkerDrain? Drain { get; set; }

    /// <summary>How many groups it would take if it ran nothing.</summary>
    public int OfferedSlots => Drain is null ? Worker.Slots : 0;

    /// <summary>What its people should know; null for nothing.</summary>
    public string? Warning { get; set; }

    /// <summary>When it said hello last, by the wall clock.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The same by the monotonic clock.</summary>
    public long LastSeen { get; set; }

    /// <summary>Its open request, or null.</summary>
    public WorkerProtocol.RequestWork? Request { get; private set; }

    /// <summary>The search that was asked for the open request and has not answered, or null.</summary>
    public PendingLease? Asked { get; set; }

    /// <summary>How many groups it can take now, by what it says and by what it was given and may not have counted yet.</summary>
    public int Available => Request is { } request && Asked is null && Drain is null
        ? Math.Min(request.FreeSlots, Worker.Slots - _openGroups)
        : 0;

    /// <summary>True when it runs nothing, by what it says and by what it was given.</summary>
    public bool IsEmpty => _openGroups == 0 && Request is { } request && request.FreeSlots >= Worker.Slots;

    /// <summary>How many groups it was given that are not over.</summary>
    public int OpenGroups => _openGroups;

    /// <summary>How the process before it ended; null where it did not tell.</summary>
    public FormerProcess? Former { get; set; }

    /// <summary>Incarnations of its earlier processes that ended in order.</summary>
    public ValueArray<string> CleanExits { get; set; } = [];

    /// <summary>Grows with every first opening of a request; says who waits longest.</summary>
    public long WaitingSince { get; private set; }

    /// <summary>Describes it for people.</summary>
    /// <returns>What it said last.</returns>
    public WorkerView View() => new(Worker, Held, LastSeenAt, Drain);

    /// <summary>Takes a request; an older one than the last is out of date.</summary>
    /// <param name="request">Its number grows with every request of the worker.</param>
    /// <param name="arrival">Grows with every request.</param>
    public void Open(WorkerProtocol.RequestWork request, long arrival)
    {
        if (request.RequestId >= _lastRequest)
        {
            WaitingSince = Request is null ? arrival : WaitingSince;
            _lastRequest = request.RequestId;
            Request = request;
        }
    }

    /// <summary>Notes what a search gave; the request that it answers is closed, a newer one stays open.</summary>
    /// <param name="requestId">Number of the request that the leases answer.</param>
    /// <param name="groups">The leases of each group.</param>
    public void Given(long requestId, ImmutableArray<ImmutableArray<LeaseKey>> groups)
    {
        foreach (var leases in groups)
        {
            var group = new LeasedGroup { Open = leases.Length };
            foreach (var lease in leases)
            {
                _leases[lease] = group;
            }

            _openGroups++;
        }

        if (groups.Length > 0 && Request?.RequestId == requestId)
        {
            Request = null;
        }
    }

    /// <summary>Notes that a lease is over; its slot is free when all leases of its group are.</summary>
    /// <returns>True when a slot became free.</returns>
    public bool End(LeaseKey lease)
    {
        if (!_leases.Remove(lease, out var group) || --group.Open > 0)
        {
            return false;
        }

        _openGroups--;
        return true;
    }

    private sealed class LeasedGroup
    {
        public int Open { get; set; }
    }
}

/// <summary>A search that was asked for work and has not answered.</summary>
/// <param name="SearchId">Name of the search that was asked.</param>
/// <param name="RequestId">The worker's request.</param>
internal sealed record PendingLease(SearchId SearchId, long RequestId);

using SearchCluster.GpuWorker.Execution;

namespace SearchCluster.GpuWorker.Actors;

/// <summary>Decides when to ask for work: one request at a time, again with a new number when more slots are
/// free or no answer came.</summary>
internal sealed class WorkRequests(AttemptHost host, TimeProvider clock, TimeSpan timeout)
{
    private WorkerProtocol.RequestWork? _open;
    private long _askedAt;

    /// <summary>The request to send now, or null.</summary>
    public WorkerProtocol.RequestWork? Next()
    {
        var free = host.FreeSlots;
        if (free == 0 || (_open is not null && free <= _open.FreeSlots && clock.GetElapsedTime(_askedAt) < timeout))
        {
            return null;
        }

        _askedAt = clock.GetTimestamp();
        return _open = new(host.Worker.WorkerId, host.Worker.Incarnation, host.NextRequestId(), free);
    }

    /// <summary>An answer came; an answer to an older request leaves the newer one open.</summary>
    public void Answered(long requestId)
    {
        if (_open?.RequestId == requestId)
        {
            _open = null;
        }
    }

    /// <summary>Whoever got the open request may have forgotten it.</summary>
    public void AskAgain() => _open = null;
}

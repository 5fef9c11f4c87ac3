namespace SearchCluster.Search.State;

/// <summary>A running attempt.</summary>
/// <param name="Key">The lease.</param>
/// <param name="WorkerId">Who holds it.</param>
/// <param name="Incarnation">The worker's process.</param>
/// <param name="StartedAt">When the attempt started.</param>
/// <param name="DowntimeBefore">Coordinator downtime before the start; later downtime is not device time.</param>
/// <param name="LastSeq">Number of the last accepted report.</param>
/// <param name="Decision">What the scheduler wants to happen to it; null for continue.</param>
/// <param name="IsAlone">Whether nothing else runs in the worker's process.</param>
public sealed record LeaseRecord(
    LeaseKey Key,
    WorkerId WorkerId,
    string Incarnation,
    DateTimeOffset StartedAt,
    TimeSpan DowntimeBefore,
    long LastSeq = 0,
    SchedulingDecision? Decision = null,
    bool IsAlone = false);

/// <summary>A lease that is current.</summary>
/// <param name="Lease">Search, item, attempt and fence.</param>
/// <param name="WorkerId">Who holds it.</param>
/// <param name="Incarnation">The worker's process.</param>
/// <param name="CancelReason">Why the attempt must end now, for people; null when it may go on.</param>
/// <param name="IsAlone">Whether nothing else runs in the worker's process.</param>
public sealed record OpenLease(LeaseKey Lease, WorkerId WorkerId, string Incarnation, string? CancelReason, bool IsAlone = false);

/// <summary>What a search has for workers.</summary>
/// <param name="Groups">How many groups could be leased right now.</param>
/// <param name="Device">Kind of device they need.</param>
/// <param name="Labels">Labels that a worker must carry, or null.</param>
/// <param name="Alone">How many groups could be leased besides that run alone in a worker's process.</param>
/// <param name="Lacking">Workers that told that they do not have the data; null for none.</param>
public sealed record WorkDemand(
    int Groups, DeviceRequirement Device, ValueMap<string>? Labels, int Alone = 0, ValueArray<WorkerId>? Lacking = null)
{
    /// <summary>Tells whether a worker may run the search's items.</summary>
    /// <returns>True when its device and labels fit, and it has the data as far as anybody knows.</returns>
    public bool Fits(WorkerDescription worker) =>
        Device switch
        {
            DeviceRequirement.Cpu => worker.Device.Kind == "cpu",
            DeviceRequirement.Cuda => worker.Device.Kind == "cuda",
            _ => true,
        }
        && Lacking?.Contains(worker.WorkerId) != true
        && (Labels is null || Labels.All(label => worker.Labels.TryGetValue(label.Key, out var value) && value == label.Value));
}

namespace SearchCluster.GpuWorker.Execution;

/// <summary>What became of a group that was handed to <see cref="AttemptHost.TryStart"/>.</summary>
public enum StartResult
{
    /// <summary>A slot runs it.</summary>
    Started,

    /// <summary>All its leases are held, or were until a short while ago; nothing is to be done.</summary>
    AlreadyHeld,

    /// <summary>No slot is free; its leases should be given back.</summary>
    NoFreeSlot,
}

/// <summary>A lease that the worker gives back unfinished.</summary>
/// <param name="Lease">Search, item, attempt and fence.</param>
/// <param name="Resource">Resource level of the last checkpoint, 0 for none.</param>
public sealed record ReleasedLease(LeaseKey Lease, int Resource);

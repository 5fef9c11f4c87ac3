namespace SearchCluster.Contracts.Trials;

/// <summary>Why an attempt failed, and so who acts next.</summary>
public enum TrialFailureKind
{
    /// <summary>The worker's lease ran out or its process restarted: the coordinator starts another attempt.</summary>
    WorkerLost,

    /// <summary>The device ran out of memory: another attempt, or a smaller configuration.</summary>
    OutOfMemory,

    /// <summary>The objective became NaN or infinite: final, scored as worst.</summary>
    Diverged,

    /// <summary>The attempt ran longer than its time limit: final unless the spec retries it.</summary>
    Timeout,

    /// <summary>The configuration or the data does not fit the workload: every attempt would fail, so the search stops.</summary>
    Misconfigured,

    /// <summary>The workload threw: final unless the spec retries it; the user's code needs a look.</summary>
    WorkloadError,

    /// <summary>The worker's disk is full or refuses: the coordinator starts another attempt after a while, as often as it takes; somebody
    /// has to mend the disk.</summary>
    StorageUnavailable,

    /// <summary>The attempt held more memory than the spec allows a trial: final, because the same
    /// configuration would do so again.</summary>
    MemoryLimit,

    /// <summary>The worker does not have the data of the search: another worker tries, or this one after a while. The search stops only
    /// when no worker has them.</summary>
    DataMissing,
}

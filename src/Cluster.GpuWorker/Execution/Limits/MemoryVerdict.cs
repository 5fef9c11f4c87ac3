namespace SearchCluster.GpuWorker.Execution.Limits;

/// <summary>What a look at memory found.</summary>
internal abstract record MemoryVerdict
{
    /// <summary>This attempt is over its limit.</summary>
    public sealed record Over(Attempt Attempt, AttemptFailure Failure) : MemoryVerdict;

    /// <summary>One of several is over its limit.</summary>
    public sealed record Crowded(Attempt Kept, string Warning) : MemoryVerdict;

    /// <summary>The limit of this attempt does not hold at the moment.</summary>
    public sealed record Mixed(Attempt Attempt, string Warning) : MemoryVerdict;
}

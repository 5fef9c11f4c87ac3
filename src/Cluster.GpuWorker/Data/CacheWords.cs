namespace SearchCluster.GpuWorker.Data;

/// <summary>How a cache speaks of what it keeps.</summary>
/// <param name="One">One of them, at the beginning of a sentence.</param>
/// <param name="All">All of them.</param>
/// <param name="Machine">Who keeps them.</param>
/// <param name="Readers">Who may be reading them.</param>
/// <param name="Remedy">What makes room, as a clause.</param>
public sealed record CacheWords(string One, string All, string Machine, string Readers, string Remedy)
{
    /// <summary>The data sets of a worker.</summary>
    public static CacheWords OfWorker { get; } =
        new("Data set", "data", "worker", "running trials", "start the worker with a larger --data-cache");
}

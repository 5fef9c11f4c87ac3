namespace SearchCluster.GpuWorker.Devices;

/// <summary>Asks the machine for its GPUs.</summary>
public interface IGpuQuery
{
    /// <summary>Lists all GPUs, visible or not.</summary>
    GpuQueryResult Query();
}

/// <summary>The answer of <see cref="IGpuQuery"/>.</summary>
/// <param name="Gpus">What was found.</param>
/// <param name="Problem">Why nothing could be found out, as one clause; null when the answer is sure.</param>
public sealed record GpuQueryResult(IReadOnlyList<Gpu> Gpus, string? Problem = null);

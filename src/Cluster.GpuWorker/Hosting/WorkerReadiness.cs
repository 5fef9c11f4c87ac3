namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Tells when a worker has been welcomed by its coordinator for the first time.</summary>
public sealed class WorkerReadiness
{
    private readonly TaskCompletionSource<string> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the coordinator's address, <c>host:port</c>.</summary>
    public Task<string> WhenConnected => _source.Task;

    /// <summary>Notes a welcome; only the first counts.</summary>
    internal void Connected(string address) => _source.TrySetResult(address);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Ends the process when the coordinator refuses this worker, and remembers why.</summary>
public sealed class WorkerExit(IHostApplicationLifetime lifetime, ILogger<WorkerExit> logger)
{
    private string? _refusal;

    /// <summary>Why the coordinator refused this worker; null when it did not.</summary>
    public string? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Stops the host; only the first reason counts.</summary>
    internal void Refuse(string reason)
    {
        if (Interlocked.CompareExchange(ref _refusal, reason, null) is null)
        {
            Log.WorkerRefused(logger, reason);
            lifetime.StopApplication();
        }
    }
}

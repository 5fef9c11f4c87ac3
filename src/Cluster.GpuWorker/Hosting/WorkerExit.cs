using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Logging;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Ends the process when the coordinator refuses this worker, it lacks the cluster's key, or an
/// attempt hangs, and remembers why.</summary>
public sealed class WorkerExit
{
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<WorkerExit> _logger;
    private string? _refusal;
    private string? _keyProblem;
    private string? _tokenProblem;

    /// <summary>Follows the attempts.</summary>
    /// <param name="lifetime">Ends the process.</param>
    /// <param name="host">The attempts.</param>
    /// <param name="logger">The log.</param>
    public WorkerExit(IHostApplicationLifetime lifetime, AttemptHost host, ILogger<WorkerExit> logger)
    {
        (_lifetime, _logger, Hung) = (lifetime, logger, host.Hung);
        Hung.ContinueWith(
            _ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    /// <summary>Why the coordinator refused this worker; null when it did not.</summary>
    public string? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Why this worker has not the key of its cluster; null when it has.</summary>
    public string? KeyProblem => Volatile.Read(ref _keyProblem);

    /// <summary>Why this worker cannot reach the artifacts of its coordinator; null when it can.</summary>
    public string? TokenProblem => Volatile.Read(ref _tokenProblem);

    /// <summary>Ends with a sentence when an attempt hangs; the host stops then in order, and gives back what else it runs.</summary>
    public Task<string> Hung { get; }

    /// <summary>Stops the host; only the first reason counts.</summary>
    internal void Refuse(string reason)
    {
        if (Interlocked.CompareExchange(ref _refusal, reason, null) is null)
        {
            Log.WorkerRefused(_logger, reason);
            _lifetime.StopApplication();
        }
    }

    /// <summary>Stops the host because the artifacts are closed to it; only the first reason counts.</summary>
    internal void RefuseToken(string reason)
    {
        if (Interlocked.CompareExchange(ref _tokenProblem, reason, null) is null)
        {
            _lifetime.StopApplication();
        }
    }

    /// <summary>Stops the host because of the cluster's key; only the first reason counts.</summary>
    internal void RefuseKey(string reason)
    {
        if (Interlocked.CompareExchange(ref _keyProblem, reason, null) is null)
        {
            _lifetime.StopApplication();
        }
    }
}

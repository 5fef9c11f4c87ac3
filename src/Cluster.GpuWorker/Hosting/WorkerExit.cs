using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Logging;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Ends the process when the coordinator refuses this worker, it lacks the cluster's key or a certificate, or an
/// attempt hangs, and remembers why.</summary>
public sealed class WorkerExit
{
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<WorkerExit> _logger;
    private string? _refusal;
    private Problem? _keyProblem;
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

    /// <summary>Why this worker has not the key of its cluster, or no certificate that is accepted; null when it has.</summary>
    public string? KeyProblem => Volatile.Read(ref _keyProblem)?.Message;

    /// <summary>The code of <see cref="KeyProblem"/>; null when there is none.</summary>
    public string? KeyProblemCode => Volatile.Read(ref _keyProblem)?.Code;

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

    /// <summary>Stops the host because of the cluster's key or certificates; only the first reason counts.</summary>
    internal void RefuseKey(string reason, string code)
    {
        if (Interlocked.CompareExchange(ref _keyProblem, new(reason, code), null) is null)
        {
            _lifetime.StopApplication();
        }
    }

    private sealed record Problem(string Message, string Code);
}

using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Decides what becomes of a worker whose key does not fit: it is told once, with what it waits for, and ends when nothing that
/// may still happen can make it right.</summary>
/// <remarks>
/// A worker that was welcomed once goes on trying: its trials are worth more than an early end, and folders come back. One that reads the
/// coordinator's address from its state folder waits while no coordinator lives there, since another process may have taken the old port.
/// Thread-safe.
/// </remarks>
internal sealed class KeyWatch(WorkerOptions options, WorkerExit exit, ILogger logger)
{
    private readonly Lock _gate = new();
    private bool _wasWelcomed;
    private long? _since;
    private string? _told;

    /// <summary>Reads the key anew: a state folder that was made anew has another.</summary>
    /// <returns>Null when there is none that can be used.</returns>
    public ClusterKey? TryLoad()
    {
        try
        {
            return ClusterKey.Load(options.StateFolder);
        }
        catch (ClusterKeyException problem)
        {
            Judge(problem, mayPass: problem.IsMissing, isForeign: false);
            return null;
        }
    }

    /// <summary>The process at an address does not have this key.</summary>
    /// <param name="coordinator"><c>host:port</c>.</param>
    public void Foreign(string coordinator) =>
        Judge(ClusterKeyException.Foreign(options.StateFolder, coordinator), mayPass: true, isForeign: true);

    /// <summary>The coordinator has answered: the key fits.</summary>
    public void Welcomed()
    {
        lock (_gate)
        {
            (_wasWelcomed, _since, _told) = (true, null, null);
        }
    }

    private void Judge(ClusterKeyException problem, bool mayPass, bool isForeign)
    {
        bool isFinal, wasWelcomed;
        lock (_gate)
        {
            _since ??= options.Clock.GetTimestamp();
            wasWelcomed = _wasWelcomed;
            isFinal = !wasWelcomed && (!mayPass || options.Clock.GetElapsedTime(_since.Value) >= options.Timings.KeyPatience);
        }

        var isOrphan = isForeign && options.Coordinator is null && !CoordinatorLock.IsHeld(options.StateFolder);
        if (isFinal && !isOrphan)
        {
            exit.RefuseKey(problem.Message);
        }
        else
        {
            var next = isOrphan ? WaitsForItsCoordinator()
                : wasWelcomed ? "This worker was welcomed before, so it goes on trying."
                : "This worker tries again for some seconds, then it ends.";
            Tell($"{problem.Message} {next}");
        }
    }

    private string WaitsForItsCoordinator() =>
        $"No coordinator runs in {options.StateFolder.Root}, so {options.StateFolder.EndpointFile} is of an earlier one or a copy: "
        + "this worker waits until one starts there. If none will, end it (Ctrl-C).";

    private void Tell(string text)
    {
        lock (_gate)
        {
            if (_told == text)
            {
                return;
            }

            _told = text;
        }

        Log.KeyDoesNotFit(logger, text);
    }
}

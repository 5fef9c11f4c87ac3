using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Decides what becomes of a worker whose key or certificate does not fit: it is told once, with what it waits for,
/// and ends when nothing that may still happen can make it right.</summary>
/// <remarks>
/// A worker that was welcomed once goes on trying: its trials are worth more than an early end, and folders come back. One that reads the
/// coordinator's address from its state folder waits while no coordinator lives there, since another process may have taken the old port.
/// Thread-safe.
/// </remarks>
internal sealed class KeyWatch(WorkerOptions options, WorkerExit exit, ILogger logger)
{
    private readonly Lock _gate = new();
    private NodeIdentity? _identity;
    private bool _wasWelcomed;
    private long? _since;
    private string? _told;

    /// <summary>Reads the key anew, since a state folder that was made anew has another; a certificate looks after itself.</summary>
    /// <param name="coordinator"><c>host:port</c>.</param>
    /// <returns>Null when there is nothing that can be shown at that address.</returns>
    public Credentials? TryLoad(string coordinator)
    {
        var host = coordinator[..coordinator.LastIndexOf(':')];
        if (AddressRule.CallRefusal(host, options.StateFolder, options.Clock) is { } refusal)
        {
            // An address that was given is judged with the options; this one stands in the state folder, and may change there.
            Judge(refusal, ProblemCodes.Untrusted, mayPass: true, isForeign: true);
            return null;
        }

        return NodeAddress.TryParse(host)!.IsLoopback ? TryLoadKey() : TryLoadIdentity();
    }

    /// <summary>The process at an address is no member of this worker's cluster.</summary>
    /// <param name="coordinator"><c>host:port</c>.</param>
    /// <param name="reason">What is wrong between the certificates; null when it does not have the key.</param>
    public void Foreign(string coordinator, string? reason)
    {
        if (reason is null)
        {
            var problem = ClusterKeyException.Foreign(options.StateFolder, coordinator);
            Judge(problem.Message, ProblemCodes.NoKey, mayPass: true, isForeign: true);
        }
        else
        {
            Judge(
                $"The process at {coordinator} and this worker do not accept each other: {reason}.",
                ProblemCodes.Untrusted,
                mayPass: true,
                isForeign: true);
        }
    }

    /// <summary>The coordinator has answered: the key fits.</summary>
    public void Welcomed()
    {
        lock (_gate)
        {
            (_wasWelcomed, _since, _told) = (true, null, null);
        }
    }

    private Credentials? TryLoadKey()
    {
        try
        {
            return new(ClusterKey.Load(options.StateFolder), null);
        }
        catch (ClusterKeyException problem)
        {
            Judge(problem.Message, ProblemCodes.NoKey, mayPass: problem.IsMissing, isForeign: false);
            return null;
        }
    }

    private Credentials? TryLoadIdentity()
    {
        try
        {
            _identity ??= NodeIdentity.Find(options.StateFolder.IdentityFolder, options.Clock);
            return _identity is null ? null : new(null, _identity);
        }
        catch (TrustException broken)
        {
            Judge(broken.Message, broken.Code, mayPass: true, isForeign: false);
            return null;
        }
    }

    private void Judge(string problem, string code, bool mayPass, bool isForeign)
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
            exit.RefuseKey(problem, code);
        }
        else
        {
            var next = isOrphan ? WaitsForItsCoordinator()
                : wasWelcomed ? "This worker was welcomed before, so it goes on trying."
                : "This worker tries again for some seconds, then it ends.";
            Tell($"{problem} {next}");
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

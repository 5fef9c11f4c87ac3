using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Finds the coordinator anew for each connection, so that one that restarted on another port is found.</summary>
internal sealed class CoordinatorAddress(WorkerOptions options, ILogger logger)
{
    private CoordinatorEndpoint? _found;
    private bool _saidMissing;

    /// <summary>Looks it up.</summary>
    /// <returns><c>host:port</c>, or null when it is not known yet.</returns>
    public string? TryFind() => options.Coordinator ?? (_found = TryRead())?.ClusterAddress;

    /// <summary>Tells whether another coordinator process has taken the place of the one found last: waiting
    /// for an answer of that one is no use.</summary>
    /// <returns>False as long as the state folder does not name another one, and where it is not used.</returns>
    public bool HasSuccessor() => options.Coordinator is null && _found is { } before && TryRead() is { } now && now != before;

    private CoordinatorEndpoint? TryRead()
    {
        try
        {
            if (CoordinatorEndpoint.TryRead(options.StateFolder) is { ClusterAddress: not null } endpoint)
            {
                _saidMissing = false;
                return endpoint;
            }

            if (!_saidMissing)
            {
                _saidMissing = true;
                Log.NoCoordinatorAddress(logger, options.StateFolder.EndpointFile);
            }
        }
        catch (StateFolderException unreadable)
        {
            Log.CoordinatorAddressUnreadable(logger, unreadable.Message);
        }

        return null;
    }
}

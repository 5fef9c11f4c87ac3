using Microsoft.Extensions.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Finds the coordinator anew for each connection, so that one that restarted on another port is found.</summary>
internal sealed class CoordinatorAddress(WorkerOptions options, ILogger logger)
{
    private bool _saidMissing;

    /// <summary>Looks it up.</summary>
    /// <returns><c>host:port</c>, or null when it is not known yet.</returns>
    public string? TryFind() => options.Coordinator ?? TryRead();

    private string? TryRead()
    {
        try
        {
            if (CoordinatorEndpoint.TryRead(options.StateFolder)?.ClusterAddress is { } address)
            {
                _saidMissing = false;
                return address;
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

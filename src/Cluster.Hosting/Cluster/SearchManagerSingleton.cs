using Akka.Cluster.Hosting;

namespace SearchCluster.Hosting.Cluster;

/// <summary>How the search manager is found: coordinators and workers use the same name.</summary>
public static class SearchManagerSingleton
{
    /// <summary>Name of the singleton.</summary>
    public const string Name = "search-manager";

    // A long buffer would deliver all hellos and repeated reports of an outage at once; both are sent again anyway.
    private const int ProxyBuffer = 16;

    /// <summary>Settings of the singleton and of its proxies.</summary>
    /// <returns>The settings.</returns>
    public static ClusterSingletonOptions Options() =>
        new() { Role = ClusterRoles.Coordinator, BufferSize = ProxyBuffer, LogSingletonIdentificationFailure = false };
}

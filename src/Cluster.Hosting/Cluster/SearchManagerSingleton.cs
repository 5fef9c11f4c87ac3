using Akka.Cluster.Hosting;
using Akka.Hosting;

namespace SearchCluster.Hosting.Cluster;

/// <summary>How the search manager is found in a cluster; coordinator and workers use the same name and settings.</summary>
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

    /// <summary>Reaches the search manager of the cluster under <see cref="SearchManagerKey"/>; for members
    /// that are no coordinators.</summary>
    /// <param name="builder">The actor system to be.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddSearchManagerProxy(this AkkaConfigurationBuilder builder) =>
        builder.WithSingletonProxy<SearchManagerKey>(Name, Options());
}

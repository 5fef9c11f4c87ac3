using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Hosting;
using SearchCluster.Hosting.Cluster.Connections;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Makes an actor system a member of a cluster; the one place that knows how members connect.</summary>
public static class RemotingExtensions
{
    /// <summary>Listens, joins and decides who stays when members do not hear each other.</summary>
    /// <remarks>
    /// The side with more coordinators stays: a coordinator that is alone keeps working and removes silent workers, and a worker that
    /// cannot reach a coordinator ends its actor system, which its process then builds anew. On equal sides the lowest address stays.
    /// </remarks>
    /// <param name="builder">The actor system to be.</param>
    /// <param name="options">Where and whom.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddSearchRemoting(this AkkaConfigurationBuilder builder, ClusterEndpointOptions options)
    {
        options.ThrowIfUnusable();
        var setup = new GuardedTcpSetup(options);
        return builder
            .AddHocon(ClusterHocon.Create(), HoconAddMode.Prepend)
            .AddHocon(ConnectionHocon.Create(), HoconAddMode.Prepend)
            .AddSetup(setup)
            .WithClustering(new ClusterOptions
            {
                Roles = [.. options.Roles],
                SeedNodes = [.. options.Seeds.Select(ClusterEndpointOptions.ActorSystemAddress)],
                SplitBrainResolver = new KeepMajorityOption { Role = ClusterRoles.Coordinator },
            })
            .AddStartup((system, _) =>
            {
                if (!options.Address.IsLoopback && options.Roles.Contains(ClusterRoles.Coordinator))
                {
                    system.ActorOf(CoordinatorRoleActor.Props(setup.Roles), "coordinator-roles");
                }

                if (options.Seeds.Count == 0)
                {
                    var cluster = Akka.Cluster.Cluster.Get(system);
                    cluster.Join(cluster.SelfAddress);
                }
            });
    }
}

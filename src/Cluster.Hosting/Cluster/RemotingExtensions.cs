using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Hosting;
using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.Cluster.Connections.Workers;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Connects actor systems; the one place that knows how.</summary>
public static class RemotingExtensions
{
    /// <summary>Makes an actor system a coordinator's: it listens, is a member of the cluster of coordinators, and decides who stays when
    /// those do not hear each other.</summary>
    /// <remarks>The larger side stays, on equal sides that with the lowest address. Workers have no say in it.</remarks>
    /// <param name="builder">The actor system to be.</param>
    /// <param name="options">Where and whom.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddSearchRemoting(this AkkaConfigurationBuilder builder, ClusterEndpointOptions options)
    {
        options.ThrowIfUnusable();
        return builder
            .AddHocon(ClusterHocon.Create(), HoconAddMode.Prepend)
            .AddHocon(ConnectionHocon.OfCoordinator(), HoconAddMode.Prepend)
            .AddSetup(new GuardedTcpSetup(options))
            .WithClustering(new ClusterOptions
            {
                Roles = [ClusterRoles.Coordinator],
                SeedNodes = [.. options.Seeds.Select(ClusterEndpointOptions.ActorSystemAddress)],
                SplitBrainResolver = new KeepMajorityOption { Role = ClusterRoles.Coordinator },
            })
            .AddStartup((system, _) =>
            {
                if (options.Seeds.Count == 0)
                {
                    var cluster = Akka.Cluster.Cluster.Get(system);
                    cluster.Join(cluster.SelfAddress);
                }
            });
    }

    /// <summary>Makes an actor system a worker's: it makes one connection, to its coordinator, and listens on nothing. The search manager
    /// there is in its registry under <see cref="SearchManagerKey"/>; nobody answers while it runs elsewhere, or not yet.</summary>
    /// <param name="builder">The actor system to be.</param>
    /// <param name="options">Whom to call.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddCoordinatorLink(this AkkaConfigurationBuilder builder, WorkerLinkOptions options)
    {
        options.ThrowIfUnusable();
        var manager = $"{ClusterEndpointOptions.ActorSystemAddress(options.Coordinator)}/user/{SearchManagerSingleton.Name}/"
            + SearchManagerSingleton.Name;
        return builder
            .AddHocon(ConnectionHocon.OfWorker(), HoconAddMode.Prepend)
            .AddSetup(new WorkerLinkSetup(options))
            .WithActors((system, registry, _) =>
                registry.Register<SearchManagerKey>(((ExtendedActorSystem)system).Provider.ResolveActorRef(manager)));
    }
}

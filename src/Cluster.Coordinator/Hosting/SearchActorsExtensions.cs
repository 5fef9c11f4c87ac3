using Akka;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Pattern;
using SearchCluster.Artifacts;
using SearchCluster.Contracts;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Actors.Searches;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Service;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Adds the search manager and everything below it to an actor system.</summary>
public static class SearchActorsExtensions
{
    private const string ChildName = "manager";
    private const string SettleTask = "settle-searches";
    private const double BackoffJitter = 0.2;

    /// <summary>Adds the search manager under <see cref="SearchManagerKey"/>: an ordinary actor in local mode, the cluster's singleton and
    /// a proxy in clustered mode.</summary>
    /// <param name="builder">The actor system to be; its persistence must be set up.</param>
    /// <param name="mode">Alone or in a cluster.</param>
    /// <param name="options">Lease time, heartbeats, snapshots and the clock are taken from here.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddSearchActors(
        this AkkaConfigurationBuilder builder, ActorMode mode, CoordinatorOptions options) =>
        builder.AddSearchActors(mode, SettingsOf(options, options.Journal, HealthOf(options), ArtifactStores.Open(options)));

    internal static AkkaConfigurationBuilder AddSearchActors(
        this AkkaConfigurationBuilder builder, ActorMode mode, CoordinatorSettings settings) => mode switch
        {
            ActorMode.Local => builder.WithActors((system, registry) =>
            {
                var manager = system.ActorOf(Supervised(settings), SearchManagerSingleton.Name);
                registry.Register<SearchManagerKey>(manager);
                CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, SettleTask, () => SettleAsync(manager));
            }),
            ActorMode.Clustered => builder.WithSingleton<SearchManagerKey>(
                SearchManagerSingleton.Name, (_, _, _) => Supervised(settings), SearchManagerSingleton.Options()),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Neither local nor clustered."),
        };

    // The worker of this process has just given its leases back and sends nothing again: what it said must be written before the end.
    private static async Task<Done> SettleAsync(IActorRef manager)
    {
        await manager.Ask<LocalMessages.Settled>(LocalMessages.Settle.Instance, CoordinatorSettings.SettleLimit);
        return Done.Instance;
    }

    internal static CoordinatorSettings SettingsOf(
        CoordinatorOptions options, PersistenceOptions journal, JournalHealth health, IServedStore store) => new(
        options.LeaseTime,
        options.HeartbeatInterval,
        options.SnapshotInterval,
        ProductVersion.Current,
        options.Clock.GetUtcNow(),
        options.Clock)
        {
            OpenJournal = () => JournalReaders.OpenOwn(journal),
            Health = health,
            AwaitsResume = options.AwaitsResume,
            RemoveFilesAsync = async (search, traceId) =>
            {
                await JournalRows.DeleteAsync(journal, SearchActor.PersistenceIdPrefix + search.Value);
                await SearchFiles.RemoveAsync(options.StateFolder, store, search, traceId);
            },
        };

    internal static JournalHealth HealthOf(CoordinatorOptions options) =>
        new(failure => JournalFailures.Describe(options.Journal, failure), options.Clock);

    private static Props Supervised(CoordinatorSettings settings) => BackoffSupervisor.Props(Backoff.OnStop(
        Props.Create(() => new SearchManagerActor(settings)),
        ChildName,
        settings.MinimumBackoff,
        settings.MaximumBackoff,
        BackoffJitter,
        maxNrOfRetries: -1));
}

using Akka.Hosting;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>What a host adds to the coordinator's process: the one-process mode adds a worker to the same host
/// and the same actor system.</summary>
/// <param name="Host">Adds services; called before the host is built.</param>
/// <param name="Actors">Adds actors; called when the actor system is configured, after the search actors.</param>
public sealed record CoordinatorExtension(
    Action<WebApplicationBuilder>? Host = null,
    Action<AkkaConfigurationBuilder, IServiceProvider>? Actors = null);

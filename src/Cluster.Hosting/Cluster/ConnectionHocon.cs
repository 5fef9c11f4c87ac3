using Akka.Configuration;
using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.Cluster.Connections.Workers;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Cluster;

/// <summary>What processes use to connect, and what one may do to another: ask and answer, and nothing to its actors.</summary>
/// <remarks>
/// Both ends have shown who they are, so this is no wall against strangers. It keeps one that runs wild, or a workload in it, from
/// stopping, freezing or making actors in another. Untrusted mode drops what ends an actor, messages to the daemon that deploys, and
/// selections of other paths than these; the serializers refuse before anything is built. A worker may do less still:
/// <see cref="WorkerDoor"/>.
/// </remarks>
internal static class ConnectionHocon
{
    /// <summary>Writes the settings of a coordinator. Selections are what the cluster and the singleton use.</summary>
    /// <returns>The settings.</returns>
    public static Config OfCoordinator() => Create(
        typeof(GuardedTcpTransport),
        "/system/cluster/core/daemon",
        "/system/cluster/heartbeatReceiver",
        $"/user/{SearchManagerSingleton.Name}",
        $"/user/{SearchManagerSingleton.Name}/{SearchManagerSingleton.Name}");

    /// <summary>Writes the settings of a worker, which is no member of the cluster and takes no selection.</summary>
    /// <returns>The settings.</returns>
    public static Config OfWorker() =>
        Create(typeof(WorkerTransport)).WithFallback(ConfigurationFactory.ParseString("akka.actor.provider = remote"));

    private static Config Create(Type transport, params string[] trusted) => ConfigurationFactory.ParseString($$"""
        akka {
          remote {
            log-remote-lifecycle-events = off
            retry-gate-closed-for = 1s
            enabled-transports = ["akka.remote.guarded-tcp"]
            guarded-tcp {
              transport-class = "{{Name(transport)}}"
              applied-adapters = []
            }
            untrusted-mode = on
            trusted-selection-paths = [{{string.Join(", ", trusted.Select(path => $"\"{path}\""))}}]
          }
          actor.serializers {
            daemon-create = "{{Name(typeof(DeploymentRefusal))}}"
            akka-misc = "{{Name(typeof(IdentityOnlySerializer))}}"
            akka-system-msg = "{{Name(typeof(WatchOnlySerializer))}}"
          }
        }
        """);

    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}

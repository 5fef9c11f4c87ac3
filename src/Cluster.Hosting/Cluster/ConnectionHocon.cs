using Akka.Configuration;
using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Cluster;

/// <summary>What members use to connect, and what one may do to another: ask and answer, and nothing to its actors.</summary>
/// <remarks>
/// Members have shown the key, so this is no wall against strangers. It keeps a member that runs wild, or a workload in it, from stopping,
/// freezing or making actors in another. Untrusted mode drops what ends an actor, messages to the daemon that deploys, and selections of
/// other paths than these; the serializers refuse before anything is built.
/// </remarks>
internal static class ConnectionHocon
{
    /// <summary>Writes the settings.</summary>
    /// <returns>The settings.</returns>
    public static Config Create() => ConfigurationFactory.ParseString($$"""
        akka {
          remote {
            enabled-transports = ["akka.remote.guarded-tcp"]
            guarded-tcp {
              transport-class = "{{Name(typeof(GuardedTcpTransport))}}"
              applied-adapters = []
            }
            untrusted-mode = on
            trusted-selection-paths = [
              "/system/cluster/core/daemon"
              "/system/cluster/heartbeatReceiver"
              "/user/{{SearchManagerSingleton.Name}}"
              "/user/{{SearchManagerSingleton.Name}}/{{SearchManagerSingleton.Name}}"
            ]
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

using Akka.Configuration;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Timing and limits of the cluster of coordinators.</summary>
internal static class ClusterHocon
{
    /// <summary>Writes the settings: patient with a loaded machine (pauses of 5 s), decided about 12 s after a
    /// member fell silent.</summary>
    /// <returns>The settings.</returns>
    public static Config Create() => ConfigurationFactory.ParseString("""
        akka {
          cluster {
            gossip-interval = 500ms
            leader-actions-interval = 500ms
            seed-node-timeout = 2s
            retry-unsuccessful-join-after = 3s
            failure-detector {
              heartbeat-interval = 1s
              acceptable-heartbeat-pause = 5s
              expected-response-after = 1s
            }
            split-brain-resolver {
              stable-after = 7s

              # On, it downs everything when members change for 12 s without a pause of 7 s: one in a restart loop does that.
              down-all-when-unstable = off
            }
          }
        }
        """);
}

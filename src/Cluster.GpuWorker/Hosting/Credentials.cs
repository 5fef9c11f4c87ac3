using SearchCluster.Hosting.State;
using SearchCluster.Security.Identities;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>What a worker shows the other members of its cluster: one of the two.</summary>
/// <param name="Key">On loopback.</param>
/// <param name="Identity">On a network.</param>
internal sealed record Credentials(ClusterKey? Key, NodeIdentity? Identity);

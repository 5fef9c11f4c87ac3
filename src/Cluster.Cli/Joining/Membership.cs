using SearchCluster.Hosting.Membership;
using SearchCluster.Security.Identities;

namespace SearchCluster.Cli.Joining;

/// <summary>What a machine is once it has joined.</summary>
/// <param name="Cluster">Where its coordinator is.</param>
/// <param name="Identity">Its certificate.</param>
/// <param name="IsNew">False where it was a member before.</param>
internal sealed record Membership(JoinedCluster Cluster, NodeIdentity Identity, bool IsNew);

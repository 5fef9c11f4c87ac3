namespace SearchCluster.Hosting.Cluster;

/// <summary>Roles of cluster members; workers are none.</summary>
public static class ClusterRoles
{
    /// <summary>Runs the search manager.</summary>
    public const string Coordinator = "coordinator";
}

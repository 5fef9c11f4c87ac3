namespace SearchCluster.Hosting.Cluster;

/// <summary>Roles of cluster members.</summary>
public static class ClusterRoles
{
    /// <summary>Runs the search manager.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Runs trials.</summary>
    public const string Worker = "gpu-worker";
}

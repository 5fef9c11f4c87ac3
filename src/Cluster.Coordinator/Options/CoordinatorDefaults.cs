namespace SearchCluster.Coordinator.Options;

/// <summary>Defaults of <see cref="CoordinatorOptions"/>.</summary>
public static class CoordinatorDefaults
{
    /// <summary>Loopback.</summary>
    public const string Host = "127.0.0.1";

    /// <summary>Name of the process.</summary>
    public const string ServiceName = "coordinator";

    /// <summary>Port of the HTTP API.</summary>
    public const int HttpPort = 8642;

    /// <summary>Port for workers where others have to know it; on loopback it is any free one.</summary>
    public const int ClusterPort = 8643;

    /// <summary>Events between two snapshots of a search.</summary>
    public const int SnapshotInterval = 1_000;

    /// <summary>How long a lease lives without a heartbeat.</summary>
    public static TimeSpan LeaseTime { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a worker says hello.</summary>
    public static TimeSpan HeartbeatInterval { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How long recovery may take.</summary>
    public static TimeSpan StartupTimeout { get; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one request waits for its answer.</summary>
    public static TimeSpan RequestTimeout { get; } = TimeSpan.FromSeconds(10);
}

using SearchCluster.Artifacts.S3;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.State;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Coordinator.Options;

/// <summary>How one coordinator runs.</summary>
public sealed record CoordinatorOptions
{
    /// <summary>The folder it owns.</summary>
    public required StateFolder StateFolder { get; init; }

    /// <summary>Alone in its process, or a member of a cluster. Default local.</summary>
    public ActorMode Mode { get; init; } = ActorMode.Local;

    /// <summary>Address of the HTTP API; one that is not loopback needs a certificate (<see cref="AddressRule"/>). Default
    /// 127.0.0.1.</summary>
    public string HttpHost { get; init; } = CoordinatorDefaults.Host;

    /// <summary>Port of the HTTP API; null for 8642 or, when that is taken, the next free one; 0 for any free one. Default null.</summary>
    public int? HttpPort { get; init; }

    /// <summary>Address for workers; one that is not loopback needs a certificate. Default 127.0.0.1. Used in clustered mode.</summary>
    public string ClusterHost { get; init; } = CoordinatorDefaults.Host;

    /// <summary>Port for workers; 0 for any free one, which the state folder tells them. Default 0. Used in clustered mode.</summary>
    public int ClusterPort { get; init; }

    /// <summary>Where events are kept; null for the SQLite file of the state folder.</summary>
    public PersistenceOptions? Persistence { get; init; }

    /// <summary>Times of the lease that a journal in PostgreSQL has. Default 6 s, renewed every 1.5 s.</summary>
    public LeaseTimes Lease { get; init; } = new();

    /// <summary>Where checkpoints, models and ensembles are kept: <c>s3://BUCKET/PREFIX</c>, or a folder; null for the state
    /// folder.</summary>
    public string? Artifacts { get; init; }

    /// <summary>Reads the environment, where servers of objects and who calls them are named as Amazon's tools do. Default this
    /// process's.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>How long a lease lives without a heartbeat. Default 15 s.</summary>
    public TimeSpan LeaseTime { get; init; } = CoordinatorDefaults.LeaseTime;

    /// <summary>How often a worker says hello. Default 3 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = CoordinatorDefaults.HeartbeatInterval;

    /// <summary>How long recovery may take before the process gives up. Default 2 min.</summary>
    public TimeSpan StartupTimeout { get; init; } = CoordinatorDefaults.StartupTimeout;

    /// <summary>How long one request waits for its answer. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = CoordinatorDefaults.RequestTimeout;

    /// <summary>Events between two snapshots of a search. Default 1,000.</summary>
    public int SnapshotInterval { get; init; } = CoordinatorDefaults.SnapshotInterval;

    /// <summary>Name of the process in traces and logs. Default <c>coordinator</c>.</summary>
    public string ServiceName { get; init; } = CoordinatorDefaults.ServiceName;

    /// <summary>Where log lines go; null for compact lines on the error stream and a file in the state folder.</summary>
    public LoggingOptions? Logging { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>False where no worker can ever join, so that nothing runs: then a search that is not over may
    /// be deleted. Default true.</summary>
    public bool HasWorkers { get; init; } = true;

    /// <summary>True where searches that were interrupted wait after the start until somebody resumes them, for a process that runs one of
    /// them and first looks at it. Default false: all go on.</summary>
    public bool AwaitsResume { get; init; }

    /// <summary>The names that specs may use; workloads of the user's own are among them. Default what ships with the product.</summary>
    public SpecVocabulary Vocabulary { get; init; } = ReleaseVocabulary.Value;

    /// <summary>True where members know each other by the key of the state folder: on loopback.</summary>
    internal bool NeedsKey => Mode == ActorMode.Clustered && NodeAddress.TryParse(ClusterHost) is { IsLoopback: true };

    /// <summary>True where artifacts lie in the state folder, which a worker may share.</summary>
    internal bool KeepsArtifacts => Artifacts is null || ArtifactFolder == StateFolder.SharedRoot;

    /// <summary>The folder of the artifacts; null where they lie in an object store.</summary>
    internal string? ArtifactFolder => Artifacts is null ? StateFolder.SharedRoot
        : Artifacts.StartsWith(S3Location.Scheme, StringComparison.Ordinal) ? null
        : Path.TrimEndingDirectorySeparator(Path.GetFullPath(Artifacts));

    internal PersistenceOptions Journal => Persistence ?? new SqliteJournal(StateFolder.JournalFile);
}

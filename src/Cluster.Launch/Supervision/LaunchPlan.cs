using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Supervision;

/// <summary>What a launch starts.</summary>
public sealed record LaunchPlan
{
    /// <summary>The coordinator; it is ready before the workers start. Null where it runs on another machine.</summary>
    public ProcessPlan? Coordinator { get; init; }

    /// <summary>Where the coordinator of another machine is; null where it runs here.</summary>
    public CoordinatorPlace? Elsewhere { get; init; }

    /// <summary>The workers; at least one, unless the coordinator runs here for those of other machines.</summary>
    public required IReadOnlyList<ProcessPlan> Workers { get; init; }

    /// <summary>All of them, in the order in which they start.</summary>
    public IEnumerable<ProcessPlan> Processes => Coordinator is null ? Workers : Workers.Prepend(Coordinator);

    /// <summary>How long workers get to write checkpoints when the launch ends; with what the coordinator gets it stays within
    /// 30 s.</summary>
    public TimeSpan WorkerEndLimit { get; init; } = TimeSpan.FromSeconds(24);

    /// <summary>How long the coordinator gets to end, after the workers.</summary>
    public TimeSpan CoordinatorEndLimit { get; init; } = TimeSpan.FromSeconds(6);
}

/// <summary>Where a coordinator is.</summary>
/// <param name="Url">Address of the HTTP API.</param>
/// <param name="ClusterAddress">Address for workers.</param>
public sealed record CoordinatorPlace(string Url, string ClusterAddress);

/// <summary>A launch whose processes are ready.</summary>
/// <param name="Url">Address of the HTTP API.</param>
/// <param name="ClusterAddress">Address for workers.</param>
/// <param name="Workers">How many workers are ready; those that failed for good are not.</param>
public sealed record LaunchReady(string Url, string ClusterAddress, int Workers);

using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Supervision;

/// <summary>What a launch starts.</summary>
public sealed record LaunchPlan
{
    /// <summary>The coordinator; it is ready before the workers start.</summary>
    public required ProcessPlan Coordinator { get; init; }

    /// <summary>The workers, at least one.</summary>
    public required IReadOnlyList<ProcessPlan> Workers { get; init; }

    /// <summary>How long workers get to write checkpoints when the launch ends; with what the coordinator gets it stays within
    /// 30 s.</summary>
    public TimeSpan WorkerEndLimit { get; init; } = TimeSpan.FromSeconds(24);

    /// <summary>How long the coordinator gets to end, after the workers.</summary>
    public TimeSpan CoordinatorEndLimit { get; init; } = TimeSpan.FromSeconds(6);
}

/// <summary>A launch whose processes are ready.</summary>
/// <param name="Url">Address of the HTTP API.</param>
/// <param name="ClusterAddress">Address for workers.</param>
/// <param name="Workers">How many workers are ready; those that failed for good are not.</param>
public sealed record LaunchReady(string Url, string ClusterAddress, int Workers);

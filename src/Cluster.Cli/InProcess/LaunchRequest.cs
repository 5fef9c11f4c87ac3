using SearchCluster.Hosting.State;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Cli.InProcess;

/// <summary>What a launch is told.</summary>
internal sealed record LaunchRequest
{
    /// <summary>The folder that its processes share.</summary>
    public required StateFolder State { get; init; }

    /// <summary>Assemblies with workloads of the user's own, as full paths.</summary>
    public required IReadOnlyList<string> Workloads { get; init; }

    /// <summary>See <see cref="GpuChoice"/>; null for all that there are.</summary>
    public string? Gpus { get; init; }

    /// <summary>Worker processes on the CPU; null for one where no GPU is used.</summary>
    public int? CpuWorkers { get; init; }

    /// <summary>Trials at once in each worker; null for its device's default.</summary>
    public int? Slots { get; init; }

    /// <summary>Labels of every worker.</summary>
    public required ValueMap<string> Labels { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Node { get; init; }

    /// <summary>Where the coordinator keeps artifacts; null for what the environment says.</summary>
    public string? Artifacts { get; init; }

    /// <summary>Address of this machine on which the coordinator listens for others; null for loopback.</summary>
    public string? Listen { get; init; }

    /// <summary>The coordinator of another machine, whose cluster this one has joined; null where the coordinator runs here.</summary>
    public CoordinatorPlace? Elsewhere { get; init; }

    public int? Port { get; init; }

    public int? ClusterPort { get; init; }

    /// <summary>True where interrupted searches of the folder wait until somebody resumes them.</summary>
    public bool AwaitsResume { get; init; }
}

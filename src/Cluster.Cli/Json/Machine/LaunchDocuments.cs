using System.Text.Json.Serialization;
using SearchCluster.Insight.Wording;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Cli.Json.Machine;

/// <summary>One line of <c>launch --json</c>: a process changed, or all are ready (<c>launched</c>).</summary>
internal sealed record LaunchEventDocument
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/launch-event@1";

    /// <summary>The phase that a process is in now, or <c>launched</c>.</summary>
    public required string Event { get; init; }

    public required DateTime At { get; init; }

    public string? Process { get; init; }

    public string? Role { get; init; }

    public string? Device { get; init; }

    public int? Pid { get; init; }

    public int? Restarts { get; init; }

    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public string? End { get; init; }

    public IReadOnlyList<string>? LastLines { get; init; }

    public double? RestartsInSeconds { get; init; }

    public string? Url { get; init; }

    public string? ClusterAddress { get; init; }

    public int? Workers { get; init; }

    public static LaunchEventDocument Of(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn, DateTimeOffset at) => new()
    {
        Event = Words.Of(view.Phase),
        At = at.UtcDateTime,
        Process = view.Name,
        Role = Words.Of(view.Role),
        Device = view.Device,
        Pid = view.Pid,
        Restarts = view.Restarts,
        ExitCode = end?.ExitCode,
        Signal = end?.Signal,
        End = end?.Describe(),
        LastLines = end?.LastLines,
        RestartsInSeconds = restartsIn?.TotalSeconds,
    };

    public static LaunchEventDocument Of(LaunchReady ready, DateTimeOffset at) => new()
    {
        Event = "launched",
        At = at.UtcDateTime,
        Url = ready.Url,
        ClusterAddress = ready.ClusterAddress,
        Workers = ready.Workers,
    };
}

/// <summary>What <c>down</c> ended.</summary>
internal sealed record DownDocument(bool WasRunning, string? Node, int? Pid, string State)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/down@1";
}

/// <summary>Workers that were told to take no more work, or work again.</summary>
internal sealed record DrainDocument(IReadOnlyList<DrainedWorkerJson> Workers)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/drain@1";
}

/// <summary>A worker after that.</summary>
internal sealed record DrainedWorkerJson(string Name, bool IsDrained, DateTime? Since, int Busy);

/// <summary>Machines and their processes.</summary>
internal sealed record NodesDocument(IReadOnlyList<NodeJson> Nodes)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/nodes@1";
}

/// <summary>A machine.</summary>
internal sealed record NodeJson(string? Name, bool IsHere, IReadOnlyList<NodeProcessJson> Processes);

/// <summary>A process of a machine: what its launcher knows, where that is this machine, and what the coordinator knows.</summary>
internal sealed record NodeProcessJson
{
    public required string Name { get; init; }

    public required string Role { get; init; }

    /// <summary>What the launcher says (starting, ready, waiting, failed …), or <c>connected</c> for a worker of another machine.</summary>
    public required string State { get; init; }

    public string? Device { get; init; }

    public int? Pid { get; init; }

    public int? Restarts { get; init; }

    public string? LastEnd { get; init; }

    public DateTime? Since { get; init; }

    public int? Slots { get; init; }

    public int? Busy { get; init; }

    public DateTime? LastSeenAt { get; init; }

    /// <summary>Since when it takes no more work; null where it does, or where nobody knows.</summary>
    public DateTime? DrainedSince { get; init; }
}

/// <summary>One line of <c>logs --json</c>.</summary>
internal sealed record LogEntryDocument(DateTime At, string Level, string Process, string Text, string? Exception)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/log-entry@1";
}

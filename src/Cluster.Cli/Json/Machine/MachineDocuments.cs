using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Json.Machine;

/// <summary>Coordinator and workers; no workers where a coordinator runs that does not answer, so that nobody knows.</summary>
internal sealed record ClusterDocument(
    string Coordinator,
    string Version,
    DateTime StartedAt,
    int Searches,
    IReadOnlyList<WorkerJson>? Workers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Trouble = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? TroubleSince = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CoordinatorJson>? Coordinators = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/cluster@1";

    public static ClusterDocument Of(ClusterView cluster, string place, bool isAsked) => new(
        place,
        cluster.Version,
        cluster.StartedAt.UtcDateTime,
        cluster.Searches,
        isAsked ? [.. cluster.Workers.Select(WorkerJson.Of)] : null,
        cluster.Trouble,
        cluster.TroubleSince?.UtcDateTime,
        cluster.Coordinators is { } coordinators ? [.. coordinators.Select(CoordinatorJson.Of)] : null);
}

/// <summary>One of several coordinators.</summary>
internal sealed record CoordinatorJson(
    string Url, string? ClusterAddress, string Host, int Pid, string Version, DateTime Since, bool IsActive)
{
    public static CoordinatorJson Of(CoordinatorView view) => new(
        view.Url, view.ClusterAddress, view.Host, view.Pid, view.Version, view.Since.UtcDateTime, view.IsActive);
}

internal sealed record WorkerJson(
    string Name,
    string Device,
    string DeviceName,
    long MemoryBytes,
    int Slots,
    int Busy,
    string Version,
    DateTime LastSeenAt,
    ValueMap<string> Labels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? DrainedSince = null)
{
    public static WorkerJson Of(WorkerView view) => new(
        view.Worker.WorkerId.Value,
        view.Worker.Device.Kind,
        view.Worker.Device.Name,
        view.Worker.Device.MemoryBytes,
        view.Worker.Slots,
        view.Held.Count,
        view.Worker.Version,
        view.LastSeenAt.UtcDateTime,
        view.Worker.Labels,
        view.Drain?.Since.UtcDateTime);
}

/// <summary>Where a coordinator listens, once it is ready; where the active one does, once it stands by.</summary>
internal sealed record CoordinatorDocument(string Url, string? ClusterAddress, string State, int Searches)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/coordinator@1";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StandsBy { get; init; }
}

/// <summary>A worker, once the coordinator has welcomed it.</summary>
internal sealed record WorkerDocument(string Worker, string Coordinator, string Device, string DeviceName, int Slots)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/worker@1";
}

internal sealed record DoctorDocument(bool IsHealthy, IReadOnlyList<CheckJson> Checks)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/doctor@1";
}

internal sealed record CheckJson(string Name, string Result, string Detail, string? Help);

internal sealed record VersionDocument(string Version, string Runtime, string OperatingSystem, string Architecture)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/version@1";
}

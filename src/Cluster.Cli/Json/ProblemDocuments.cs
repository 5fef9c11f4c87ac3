using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Json;

/// <summary>What failed; on standard error.</summary>
internal sealed record ErrorDocument(
    int ExitCode,
    string? Code,
    string Message,
    string? Help,
    ValueArray<SpecProblem> Problems,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ValueArray<SpecDifference>? Differences = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/error@1";
}

/// <summary><c>help SCnnnn --json</c>.</summary>
internal sealed record ErrorCodeDocument(string Code, string Family, string Meaning, string NextStep)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/error-code@1";
}

internal sealed record SpecCheckDocument(string File, bool IsValid, string? Search, ValueArray<SpecProblem> Problems)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/spec-check@1";
}

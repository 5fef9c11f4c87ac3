using System.Text.Json.Serialization;

namespace SearchCluster.Cli.Json.Searches;

internal sealed record TraceDocument(string Search, string TraceId, IReadOnlyList<SpanJson> Spans)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/trace@1";
}

internal sealed record SpanJson(
    string SpanId,
    string? ParentSpanId,
    string Name,
    string Service,
    DateTime StartedAt,
    double DurationMilliseconds,
    bool IsError,
    ValueMap<string> Attributes);

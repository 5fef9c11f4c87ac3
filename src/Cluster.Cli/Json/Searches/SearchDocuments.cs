using System.Text.Json.Serialization;

namespace SearchCluster.Cli.Json.Searches;

internal sealed record ListDocument(
    IReadOnlyList<SearchJson> Searches,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DamageJson>? Damaged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Trouble = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? TroubleSince = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/list@1";
}

internal sealed record TrialsDocument(string Search, int Total, IReadOnlyList<TrialJson> Trials)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/trials@1";
}

internal sealed record BestDocument(
    string Search,
    ObjectiveJson Objective,
    IReadOnlyList<TrialJson> Trials,
    EnsembleJson? Ensemble,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ParetoJson? Pareto = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RepeatsJson? Repeats = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/best@1";
}

/// <summary>Parameters of one trial in a file of their own.</summary>
internal sealed record ParametersDocument(string Search, int Trial, ValueMap<ParameterValue> Parameters)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/parameters@1";
}

/// <summary>Answer to <c>priority</c>.</summary>
internal sealed record PriorityDocument(string Search, int Priority, int Before, string State)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/priority@1";
}

/// <summary>Answer to <c>pause</c>, <c>resume</c>, <c>stop</c> and <c>delete</c>.</summary>
internal sealed record CommandDocument(string Search, string Command, string State, bool AlreadyDone)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/command@1";
}

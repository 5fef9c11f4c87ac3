using System.Text.Json.Serialization;
using SearchCluster.Cli.Json.Searches;

namespace SearchCluster.Cli.Json.Models;

/// <summary>A saved ensemble.</summary>
internal sealed record EnsembleDocument(string Search, string Type, EnsembleJson Ensemble)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/ensemble@1";
}

/// <summary>Models that were taken away.</summary>
internal sealed record ExportDocument(string Source, string Folder, IReadOnlyList<string> Files, IReadOnlyList<ExportedModelJson> Models)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/export@1";
}

internal sealed record ExportedModelJson(string File, string Workload, IReadOnlyList<ExportedTensorJson> Tensors);

internal sealed record ExportedTensorJson(string Name, string Type, IReadOnlyList<long> Shape);

/// <summary>How a model does on data with answers.</summary>
internal sealed record EvaluateDocument(
    string Model,
    int Rows,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<string> Classes,
    IReadOnlyList<IReadOnlyList<long>>? Confusion,

        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ClassScoreJson>? PerClass = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/evaluate@1";
}

/// <summary>Scores of one class; the count is that of its rows, or pixels; the intersection over union is given for masks.</summary>
internal sealed record ClassScoreJson(
    string Class,
    long Count,
    double Precision,
    double Recall,
    double F1,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Iou);

using System.Text.Json.Serialization;

namespace SearchCluster.Cli.Json.Models;

internal sealed record PredictDocument(
    string Model,
    int Rows,
    IReadOnlyList<string> Classes,
    IReadOnlyList<string> Predictions,
    IReadOnlyList<double[]>? Probabilities,
    IReadOnlyList<string>? Images,
    IReadOnlyList<PlaceJson>? Places)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/predict@1";
}

internal sealed record NumberPredictDocument(
    string Model,
    int Rows,
    IReadOnlyList<string> Targets,
    IReadOnlyList<double[]> Predictions,
    IReadOnlyList<string>? Images,
    IReadOnlyList<PlaceJson>? Places)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/predict-numbers@1";
}

/// <summary>Where a row stands, where the rows come from several files.</summary>
internal sealed record PlaceJson(string File, int Line);

/// <summary>Rows as an autoencoder rebuilds them, or makes them; a category is its text.</summary>
internal sealed record ReconstructionDocument(
    string Model, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ParameterValue>> Rows, IReadOnlyList<PlaceJson>? Places)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/reconstruction@1";
}

/// <summary>Pictures that a model answered with.</summary>
internal sealed record PicturesDocument(string Model, IReadOnlyList<PictureJson> Pictures)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/pictures@1";
}

/// <summary>One picture, and what it was made from.</summary>
internal sealed record PictureJson(string Image, string File);

/// <summary>What follows each window of a series.</summary>
internal sealed record ForecastDocument(string Model, IReadOnlyList<string> Targets, IReadOnlyList<ForecastJson> Predictions)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/predict-series@1";
}

internal sealed record ForecastJson(int Step, bool IsFuture, IReadOnlyList<double> Values);

/// <summary>A text that was written on.</summary>
internal sealed record TextPredictDocument(string Model, int PromptCharacters, string Text, double Temperature, int Seed)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/predict-text@1";
}

/// <summary>Masks that were written.</summary>
internal sealed record MaskPredictDocument(string Model, IReadOnlyList<string> Classes, IReadOnlyList<MaskJson> Masks)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/predict-masks@1";
}

/// <summary>One mask; the shares are those of the classes among its pixels.</summary>
internal sealed record MaskJson(string Image, string File, int Width, int Height, IReadOnlyList<double> Shares);

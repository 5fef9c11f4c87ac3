using System.Text.Json.Serialization;
using SearchCluster.Models.Sanity;

namespace SearchCluster.Cli.Json.Models;

/// <summary>Whether a configuration can learn, and what an epoch costs.</summary>
internal sealed record SanityDocument(
    string Name,
    ValueMap<ParameterValue> Parameters,
    int TrainRows,
    int ValidationRows,
    int TestRows,
    long ParameterCount,
    double? InitialLoss,
    double? ExpectedLoss,
    bool StartsWell,
    bool CanLearn,
    IReadOnlyList<SanityRungJson> Rungs,
    double? SecondsPerEpoch,
    int StepsPerEpoch,
    int BatchSize,
    long? StepBytes,
    int LargestBatch,
    string BatchLimit,
    IReadOnlyList<string> Warnings)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/sanity@1";

    public static SanityDocument Of(SearchSpec spec, SanityReport report) => new(
        spec.Name.Value,
        report.Values.Entries,
        report.Rows.Train,
        report.Rows.Validation,
        report.Rows.Test,
        report.Parameters,
        report.InitialLoss,
        report.ExpectedLoss,
        report.StartsWell,
        report.CanLearn,
        [.. report.Rungs.Select(rung => new SanityRungJson(rung.Name, rung.Rows, rung.IsLearned, rung.Finding, [.. rung.Losses.Select(loss => (double?)loss)]))],
        report.Cost.SecondsPerEpoch,
        report.Cost.Steps,
        report.Cost.BatchSize,
        report.Cost.StepBytes,
        report.Cost.LargestBatch,
        report.Cost.Limit,
        [.. report.Warnings]);
}

internal sealed record SanityRungJson(string Name, int Rows, bool IsLearned, string Finding, IReadOnlyList<double?> Losses);

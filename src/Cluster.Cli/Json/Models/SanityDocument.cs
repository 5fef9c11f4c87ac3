using System.Text.Json.Serialization;
using SearchCluster.Models.Sanity;

namespace SearchCluster.Cli.Json.Models;

/// <summary>Whether a configuration can learn, and what an epoch costs.</summary>
internal sealed record SanityDocument
{
    public required string Name { get; init; }

    public required ValueMap<ParameterValue> Parameters { get; init; }

    public required int TrainRows { get; init; }

    public required int ValidationRows { get; init; }

    public required int TestRows { get; init; }

    public required long ParameterCount { get; init; }

    public required double? InitialLoss { get; init; }

    public required double? ExpectedLoss { get; init; }

    public required bool StartsWell { get; init; }

    public required bool CanLearn { get; init; }

    public required IReadOnlyList<SanityRungJson> Rungs { get; init; }

    public required double? SecondsPerEpoch { get; init; }

    public required int StepsPerEpoch { get; init; }

    public required int BatchSize { get; init; }

    public required long? StepBytes { get; init; }

    public required int LargestBatch { get; init; }

    public required string BatchLimit { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/sanity@1";

    public static SanityDocument Of(SearchSpec spec, SanityReport report) => new()
    {
        Name = spec.Name.Value,
        Parameters = report.Values.Entries,
        TrainRows = report.Rows.Train,
        ValidationRows = report.Rows.Validation,
        TestRows = report.Rows.Test,
        ParameterCount = report.Parameters,
        InitialLoss = report.InitialLoss,
        ExpectedLoss = report.ExpectedLoss,
        StartsWell = report.StartsWell,
        CanLearn = report.CanLearn,
        Rungs = [.. report.Rungs.Select(SanityRungJson.Of)],
        SecondsPerEpoch = report.Cost.SecondsPerEpoch,
        StepsPerEpoch = report.Cost.Steps,
        BatchSize = report.Cost.BatchSize,
        StepBytes = report.Cost.StepBytes,
        LargestBatch = report.Cost.LargestBatch,
        BatchLimit = report.Cost.Limit,
        Warnings = [.. report.Warnings],
    };
}

internal sealed record SanityRungJson(string Name, int Rows, bool IsLearned, string Finding, IReadOnlyList<double?> Losses)
{
    public static SanityRungJson Of(SanityRung rung) =>
        new(rung.Name, rung.Rows, rung.IsLearned, rung.Finding, [.. rung.Losses.Select(loss => (double?)loss)]);
}

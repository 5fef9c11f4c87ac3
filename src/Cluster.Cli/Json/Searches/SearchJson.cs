using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>A search, as all documents show it.</summary>
internal sealed record SearchJson(
    string Name,
    string State,
    TrialCountsJson Trials,
    int? TrialBudget,
    ObjectiveJson Objective,
    TrialJson? Best,
    DateTime SubmittedAt,
    DateTime? EndedAt,
    IReadOnlyDictionary<string, string> Labels,
    int Priority)
{
    public static SearchJson Of(SearchSummary summary) => new(
        summary.SearchId.Value,
        Words.Of(summary.State),
        TrialCountsJson.Of(summary.Counts),
        summary.TrialBudget,
        new(summary.Objective.Metric, Words.Of(summary.Objective.Direction), summary.Objective.Target),
        summary.Best is { } best ? TrialJson.Of(best) : null,
        summary.SubmittedAt.UtcDateTime,
        summary.EndedAt?.UtcDateTime,
        new SortedDictionary<string, string>(
            (summary.Labels ?? ValueMap<string>.Empty).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        summary.Priority);
}

internal sealed record TrialCountsJson(
    int Waiting, int Running, int Paused, int Completed, int StoppedEarly, int Failed, int Skipped, int Finished)
{
    public static TrialCountsJson Of(TrialCounts counts) =>
        new(
            counts.Waiting,
            counts.Running,
            counts.Paused,
            counts.Completed,
            counts.StoppedEarly,
            counts.Failed,
            counts.Skipped,
            counts.Finished);
}

internal sealed record ObjectiveJson(string Metric, string Direction, double? Target);

internal sealed record FailureJson(string Kind, string Message, string? Detail)
{
    public static FailureJson? Of(AttemptFailure? failure) =>
        failure is null ? null : new(Words.Of(failure.Kind), failure.Message, failure.Detail);
}

/// <summary>The ensemble and the best single trial, by the same metrics.</summary>
internal sealed record EnsembleJson(
    IReadOnlyList<int> Members,
    string Combine,
    IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyDictionary<string, double?> BestSingle,
    string Artifact,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Weights = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, GainJson>? Gains = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TestRows = null)
{
    public static EnsembleJson? Of(EnsembleReport? report) => report is null
        ? null
        : new(
            [.. report.Members.Select(m => m.Number)],
            Words.Of(report.Combine),
            TrialJson.Sorted(report.Metrics),
            TrialJson.Sorted(report.BestSingle),
            report.Artifact,
            report.Weights,
            GainsOf(report),
            report.TestRows);

    private static Dictionary<string, GainJson>? GainsOf(EnsembleReport report) =>
        report.Metrics.Keys
            .Select(metric => (metric, Gain: report.GainOf(metric)))
            .Where(entry => entry.Gain is not null)
            .ToDictionary(
                entry => entry.metric,
                entry => new GainJson(entry.Gain!.Value, entry.Gain.Low, entry.Gain.High),
                StringComparer.Ordinal) is { Count: > 0 } gains ? gains : null;
}

/// <summary>By how much the ensemble is better than the best single trial, with the ends of a 95 % interval.</summary>
internal sealed record GainJson(double Value, double Low, double High);

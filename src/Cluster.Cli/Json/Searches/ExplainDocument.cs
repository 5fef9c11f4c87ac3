using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>What happened to one trial and why.</summary>
internal sealed record ExplainDocument(
    string Search,
    TrialJson Trial,
    string Summary,
    IReadOnlyList<string> Sentences,
    SuggestionJson Suggestion,
    double? DataFraction,
    IReadOnlyList<DecisionJson> Decisions,
    IReadOnlyList<LineageJson> Lineage,
    int? Rank,
    int RankedTrials)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/explain@1";

    public static ExplainDocument Of(SearchData data, TrialView trial, TrialRank rank)
    {
        var story = new TrialStory(data, trial, rank);
        return new(
            data.Search.Value,
            TrialJson.Of(trial),
            story.Summary,
            story.Sentences,
            SuggestionJson.Of(trial.Origin),
            trial.DataFraction,
            [.. (trial.Decisions ?? []).Select(DecisionJson.Of)],
            [.. (trial.Lineage ?? []).Select(step => new LineageJson(step.Resource, step.From.Number, step.Before.Entries))],
            rank.Rank,
            rank.Ranked);
    }
}

internal sealed record SuggestionJson(
    string Source, string? Explanation, int Observed, int Earlier, int Pending, PredictionJson? Prediction)
{
    public static SuggestionJson Of(SuggestionOrigin origin) => new(
        origin.Source,
        origin.Explanation,
        origin.Observed,
        origin.Earlier,
        origin.Pending,
        origin.Prediction is { } expected
            ? new(expected.Mean, expected.StandardDeviation, expected.ExpectedImprovement)
            : null);
}

internal sealed record PredictionJson(double? Mean, double? StandardDeviation, double? ExpectedImprovement);

internal sealed record DecisionJson(
    int Epoch, string Action, string Reason, int? Rung, double? Value, double? Cutoff, int? Rank, int? Competitors)
{
    public static DecisionJson Of(TrialDecision decision)
    {
        var reason = decision.Reason;
        return new(
            decision.Resource,
            Words.Of(decision.Action),
            reason.Text,
            reason.Rung,
            reason.Value,
            reason.Cutoff,
            reason.Rank,
            reason.Competitors);
    }
}

internal sealed record LineageJson(int Epoch, int From, ValueMap<ParameterValue> Before);

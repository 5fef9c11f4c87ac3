using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>One search in full: <c>status</c>, and the end of <c>run</c>, <c>submit</c> and <c>resume</c>.</summary>
internal sealed record StatusDocument(
    SearchJson Search,
    string Algorithm,
    string Workload,
    ulong Seed,
    int? Concurrency,
    BudgetJson Budget,
    double ActiveSeconds,
    double DeviceSeconds,
    double? RemainingSeconds,
    long Epochs,
    string? EndReason,
    string? EndExplanation,
    IReadOnlyList<TrialJson> Running,
    EnsembleJson? Ensemble,
    string EnsembleState,
    FailureJson? EnsembleFailure,
    string? TraceId,
    IReadOnlyList<ImprovementJson> History,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<NarrowingJson>? Narrowings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ParetoJson? Pareto = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RepeatsJson? Repeats = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MemberCounts? EnsembleMembers = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DamageJson? Damage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Trouble = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResourceUnit = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/status@1";

    /// <summary>What attempts warned of, each text once.</summary>
    public IReadOnlyList<WarningJson> Warnings { get; init; } = [];

    /// <summary>Reports of further warnings, which are too many to be kept one by one.</summary>
    public int OtherWarnings { get; init; }

    /// <summary>Failed trials by cause, the most frequent first.</summary>
    public IReadOnlyList<FailureCauseJson> Failures { get; init; } = [];

    public static StatusDocument Of(SearchDetail detail, SearchFindings? findings = null) => new(
        SearchJson.Of(detail.Summary),
        detail.Algorithm,
        detail.Workload,
        detail.Seed,
        detail.Concurrency,
        BudgetJson.Of(detail.Budget),
        detail.ActiveTime.TotalSeconds,
        detail.DeviceTime.TotalSeconds,
        SearchForecast.Of(detail).Remaining?.TotalSeconds,
        detail.Epochs,
        detail.EndReason is { } reason ? Words.Of(reason) : null,
        detail.EndExplanation,
        [.. detail.Running.Select(TrialJson.Of)],
        EnsembleJson.Of(detail.Ensemble),
        Words.Of(detail.EnsembleState),
        FailureJson.Of(detail.EnsembleFailure),
        detail.TraceId,
        [.. detail.History.Select(h => new ImprovementJson(h.TrialId.Number, h.Objective, h.FinishedTrials, h.At.UtcDateTime))],
        detail.Narrowings is { Count: > 0 } narrowings ? [.. narrowings.Select(NarrowingJson.Of)] : null,
        ParetoJson.Of(findings?.Pareto),
        RepeatsJson.Of(findings?.Repeats),
        detail.EnsembleMembers,
        detail.Damage is { } damage ? DamageJson.Of(damage) : null,
        detail.Trouble,
        detail.ResourceUnit)
    {
        Warnings = WarningJson.Of(detail),
        OtherWarnings = detail.OtherWarnings,
        Failures = FailureCauseJson.Of(detail),
    };
}

internal sealed record BudgetJson(int? Trials, double? TimeSeconds, double? DeviceTimeSeconds, long? Epochs, double? TrialTimeSeconds, int? NoImprovement, int Failures)
{
    public static BudgetJson Of(BudgetSpec budget) => new(
        budget.Trials, budget.Time?.TotalSeconds, budget.DeviceTime?.TotalSeconds, budget.Epochs, budget.TrialTime?.TotalSeconds, budget.NoImprovement, budget.Failures);
}

internal sealed record ImprovementJson(int Trial, double? Objective, int FinishedTrials, DateTime At);

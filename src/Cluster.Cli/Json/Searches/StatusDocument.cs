using System.Text.Json.Serialization;
using SearchCluster.Cli.Json.Data;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>One search in full: <c>status</c>, and the end of <c>run</c>, <c>submit</c> and <c>resume</c>.</summary>
internal sealed record StatusDocument
{
    public required SearchJson Search { get; init; }

    public required string Algorithm { get; init; }

    public required string Workload { get; init; }

    public required ulong Seed { get; init; }

    public required int? Concurrency { get; init; }

    public required BudgetJson Budget { get; init; }

    public required double ActiveSeconds { get; init; }

    public required double DeviceSeconds { get; init; }

    public required double? RemainingSeconds { get; init; }

    public required long Epochs { get; init; }

    public required string? EndReason { get; init; }

    public required string? EndExplanation { get; init; }

    public required IReadOnlyList<TrialJson> Running { get; init; }

    public required EnsembleJson? Ensemble { get; init; }

    public required string EnsembleState { get; init; }

    public required FailureJson? EnsembleFailure { get; init; }

    public required string? TraceId { get; init; }

    public required IReadOnlyList<ImprovementJson> History { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NarrowingJson>? Narrowings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ParetoJson? Pareto { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RepeatsJson? Repeats { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MemberCounts? EnsembleMembers { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DamageJson? Damage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trouble { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? TroubleSince { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResourceUnit { get; init; }

    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/status@1";

    /// <summary>What attempts warned of, each text once.</summary>
    public IReadOnlyList<WarningJson> Warnings { get; init; } = [];

    /// <summary>Reports of further warnings, which are too many to be kept one by one.</summary>
    public int OtherWarnings { get; init; }

    /// <summary>Failed trials by cause, the most frequent first.</summary>
    public IReadOnlyList<FailureCauseJson> Failures { get; init; } = [];

    /// <summary>The data that its trials learned from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataIdentity? Data { get; init; }

    /// <summary>Workers that do not have its data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LackJson>? LackedBy { get; init; }

    /// <summary>What <c>submit --upload</c> sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UploadJson? Upload { get; init; }

    public static StatusDocument Of(SearchDetail detail, SearchFindings? findings = null) => new()
    {
        Search = SearchJson.Of(detail.Summary),
        Algorithm = detail.Algorithm,
        Workload = detail.Workload,
        Seed = detail.Seed,
        Concurrency = detail.Concurrency,
        Budget = BudgetJson.Of(detail.Budget),
        ActiveSeconds = detail.ActiveTime.TotalSeconds,
        DeviceSeconds = detail.DeviceTime.TotalSeconds,
        RemainingSeconds = SearchForecast.Of(detail).Remaining?.TotalSeconds,
        Epochs = detail.Epochs,
        EndReason = detail.EndReason is { } reason ? Words.Of(reason) : null,
        EndExplanation = detail.EndExplanation,
        Running = [.. detail.Running.Select(TrialJson.Of)],
        Ensemble = EnsembleJson.Of(detail.Ensemble),
        EnsembleState = Words.Of(detail.EnsembleState),
        EnsembleFailure = FailureJson.Of(detail.EnsembleFailure),
        TraceId = detail.TraceId,
        History =
        [
            .. detail.History.Select(h => new ImprovementJson(
                h.TrialId.Number, h.Objective, h.FinishedTrials, h.At.UtcDateTime, h.Mean)),
        ],
        Narrowings = detail.Narrowings is { Count: > 0 } narrowings ? [.. narrowings.Select(NarrowingJson.Of)] : null,
        Pareto = ParetoJson.Of(findings?.Pareto),
        Repeats = RepeatsJson.Of(findings?.Repeats),
        EnsembleMembers = detail.EnsembleMembers,
        Damage = detail.Damage is { } damage ? DamageJson.Of(damage) : null,
        Trouble = detail.Trouble,
        TroubleSince = detail.TroubleSince?.UtcDateTime,
        ResourceUnit = detail.ResourceUnit,
        Warnings = WarningJson.Of(detail),
        OtherWarnings = detail.OtherWarnings,
        Failures = FailureCauseJson.Of(detail),
        Data = detail.Data,
        LackedBy = detail.LackedBy is { Count: > 0 } lacks
            ? [.. lacks.Select(lack => new LackJson(lack.WorkerId.Value, lack.Message, lack.At.UtcDateTime))]
            : null,
    };
}

internal sealed record LackJson(string Worker, string Message, DateTime At);

internal sealed record BudgetJson(
    int? Trials, double? TimeSeconds, double? DeviceTimeSeconds, long? Epochs, double? TrialTimeSeconds, int? NoImprovement, int Failures)
{
    public static BudgetJson Of(BudgetSpec budget) => new(
        budget.Trials,
        budget.Time?.TotalSeconds,
        budget.DeviceTime?.TotalSeconds,
        budget.Epochs,
        budget.TrialTime?.TotalSeconds,
        budget.NoImprovement,
        budget.Failures);
}

internal sealed record ImprovementJson(
    int Trial,
    double? Objective,
    int FinishedTrials,
    DateTime At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mean = null);

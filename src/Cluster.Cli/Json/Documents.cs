using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json;

/// <summary>What failed; on standard error.</summary>
internal sealed record ErrorDocument(
    int ExitCode,
    string? Code,
    string Message,
    string? Help,
    ValueArray<SpecProblem> Problems,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ValueArray<SpecDifference>? Differences = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/error@1";
}

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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Trouble = null)
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
        detail.Trouble)
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

/// <summary>Coordinator and workers.</summary>
internal sealed record ClusterDocument(string Coordinator, string Version, DateTime StartedAt, int Searches, IReadOnlyList<WorkerJson> Workers)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/cluster@1";

    public static ClusterDocument Of(ClusterView cluster, string place) => new(
        place, cluster.Version, cluster.StartedAt.UtcDateTime, cluster.Searches, [.. cluster.Workers.Select(WorkerJson.Of)]);
}

internal sealed record WorkerJson(string Name, string Device, string DeviceName, long MemoryBytes, int Slots, int Busy, string Version, DateTime LastSeenAt, ValueMap<string> Labels)
{
    public static WorkerJson Of(WorkerView view) => new(
        view.Worker.WorkerId.Value,
        view.Worker.Device.Kind,
        view.Worker.Device.Name,
        view.Worker.Device.MemoryBytes,
        view.Worker.Slots,
        view.Held.Count,
        view.Worker.Version,
        view.LastSeenAt.UtcDateTime,
        view.Worker.Labels);
}

internal sealed record ListDocument(
    IReadOnlyList<SearchJson> Searches, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DamageJson>? Damaged = null)
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
internal sealed record EvaluateDocument(string Model, int Rows, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<long>>? Confusion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ClassScoreJson>? PerClass = null)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/evaluate@1";
}

/// <summary>Scores of one class; the count is that of its rows, or pixels; the intersection over union is given for masks.</summary>
internal sealed record ClassScoreJson(string Class, long Count, double Precision, double Recall, double F1, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Iou);

/// <summary>Parameters of one trial in a file of their own.</summary>
internal sealed record ParametersDocument(string Search, int Trial, ValueMap<ParameterValue> Parameters)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/parameters@1";
}

/// <summary>Answer to <c>pause</c>, <c>resume</c>, <c>stop</c> and <c>delete</c>.</summary>
internal sealed record CommandDocument(string Search, string Command, string State, bool AlreadyDone)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/command@1";
}

internal sealed record TraceDocument(string Search, string TraceId, IReadOnlyList<SpanJson> Spans)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/trace@1";
}

internal sealed record SpanJson(
    string SpanId, string? ParentSpanId, string Name, string Service, DateTime StartedAt, double DurationMilliseconds, bool IsError, ValueMap<string> Attributes);

internal sealed record PredictDocument(string Model, int Rows, IReadOnlyList<string> Classes, IReadOnlyList<string> Predictions, IReadOnlyList<double[]>? Probabilities, IReadOnlyList<string>? Images)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/predict@1";
}

internal sealed record NumberPredictDocument(string Model, int Rows, IReadOnlyList<string> Targets, IReadOnlyList<double[]> Predictions, IReadOnlyList<string>? Images)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/predict-numbers@1";
}

/// <summary>Rows as an autoencoder rebuilds them, or makes them; a category is its text.</summary>
internal sealed record ReconstructionDocument(string Model, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ParameterValue>> Rows)
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

internal sealed record SpecCheckDocument(string File, bool IsValid, string? Search, ValueArray<SpecProblem> Problems)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/spec-check@1";
}

internal sealed record DoctorDocument(bool IsHealthy, IReadOnlyList<CheckJson> Checks)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/doctor@1";
}

internal sealed record CheckJson(string Name, string Result, string Detail, string? Help);

/// <summary><c>help SCnnnn --json</c>.</summary>
internal sealed record ErrorCodeDocument(string Code, string Family, string Meaning, string NextStep)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/error-code@1";
}

internal sealed record VersionDocument(string Version, string Runtime, string OperatingSystem, string Architecture)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/version@1";
}

/// <summary>Where a coordinator listens, once it is ready.</summary>
internal sealed record CoordinatorDocument(string Url, string? ClusterAddress, string State, int Searches)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/coordinator@1";
}

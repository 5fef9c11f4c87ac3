using System.Text.Json.Serialization;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>One trial, as all documents show it.</summary>
internal sealed record TrialJson
{
    public required int Trial { get; init; }

    public required string State { get; init; }

    public required double? Objective { get; init; }

    public required ValueMap<ParameterValue> Parameters { get; init; }

    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    public required int? BestEpoch { get; init; }

    public required int? Epoch { get; init; }

    public required double? ElapsedSeconds { get; init; }

    public required int Attempts { get; init; }

    public required string? Worker { get; init; }

    public required string? TrainingStop { get; init; }

    public required string? Reason { get; init; }

    public required FailureJson? Failure { get; init; }

    public required ulong Seed { get; init; }

    public required string Origin { get; init; }

    public required DateTime SuggestedAt { get; init; }

    public required DateTime? StartedAt { get; init; }

    public required DateTime? EndedAt { get; init; }

    public required bool? HasModel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CutJson? CutOff { get; init; }

    /// <summary>Its configuration over all seeds, in a search with <c>repeats</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfigurationMean? Configuration { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WorkerLossJson>? WorkerLosses { get; init; }

    /// <summary>Metrics stand here by their names alone, as people call them and as they have been since the first release: val/loss, where
    /// other documents say metrics.val/loss.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? NonFinite => NonFiniteNumbers.Names(
        Metrics.Append(KeyValuePair.Create("objective", Objective)).Append(KeyValuePair.Create("elapsedSeconds", ElapsedSeconds)));

    public static TrialJson Of(TrialView trial)
    {
        var metrics = trial.Result?.Metrics ?? trial.Latest?.Metrics ?? ValueMap<double>.Empty;
        return new()
        {
            Trial = trial.TrialId.Number,
            State = Words.Of(trial.State),
            Objective = trial.Objective,
            Parameters = trial.Values.Entries,
            Metrics = Sorted(metrics),
            BestEpoch = trial.Result?.BestResource,
            Epoch = trial.Result?.LastResource ?? trial.Latest?.Resource,
            ElapsedSeconds = (trial.Result?.Elapsed ?? trial.Latest?.Elapsed)?.TotalSeconds,
            Attempts = trial.Attempts,
            Worker = trial.WorkerId?.Value,
            TrainingStop = trial.TrainingStop is { } stop ? Words.Of(stop) : null,
            Reason = trial.Reason?.Text,
            Failure = FailureJson.Of(trial.Failure),
            Seed = trial.Seed,
            Origin = trial.Origin.Source,
            SuggestedAt = trial.SuggestedAt.UtcDateTime,
            StartedAt = trial.StartedAt?.UtcDateTime,
            EndedAt = trial.EndedAt?.UtcDateTime,
            HasModel = trial.Result?.HasModel,
            Configuration = trial.Configuration,
            CutOff = trial.Cut is { } cut ? new(cut.Resource, cut.Of) : null,
            WorkerLosses = trial.Losses is { } losses ? [.. losses.Select(loss => new WorkerLossJson(loss.How, loss.IsAlone))] : null,
        };
    }

    /// <summary>Metrics in the order of their names.</summary>
    internal static SortedDictionary<string, double?> Sorted(ValueMap<double> metrics) =>
        new(metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value, StringComparer.Ordinal), StringComparer.Ordinal);
}

/// <summary>Where the end of the search cut a trial off.</summary>
internal sealed record CutJson(int Epoch, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Of);

/// <summary>How a trial lost the process of its worker, since it last got further.</summary>
internal sealed record WorkerLossJson(string How, bool Alone);

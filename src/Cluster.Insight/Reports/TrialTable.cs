using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Trials as a table: which columns there are, and what their cells hold.</summary>
public static class TrialTable
{
    private static readonly string[] Leading = ["trial", "state", "objective"];
    private static readonly string[] Trailing = ["epoch", "elapsed", "attempts", "worker", "model", "seed"];

    /// <summary>Columns that are shown only when they are named: who suggested a trial, why, and what the scheduler decided last.</summary>
    public static IReadOnlyList<string> OnRequest { get; } = ["origin", "suggestion", "decision"];

    /// <summary>All columns of these trials, parameters and metrics included.</summary>
    public static IReadOnlyList<string> Columns(IReadOnlyCollection<TrialView> trials) =>
        [.. Leading, .. Parameters(trials), .. Metrics(trials), .. Trailing];

    /// <summary>The columns for people, without metrics but the objective's, and with the column of models where that is not the same for
    /// all; parameters go from right to left until the rest fits.</summary>
    public static IReadOnlyList<string> ShortColumns(IReadOnlyCollection<TrialView> trials, int width)
    {
        var parameters = Parameters(trials).ToList();
        string[] model = ModelText.Differ(trials) ? ["model"] : [];
        while (parameters.Count > 0 && Shown().Sum(column => Width(trials, column)) > width)
        {
            parameters.RemoveAt(parameters.Count - 1);
        }

        return [.. Shown()];

        IEnumerable<string> Shown() => [.. Leading, .. parameters, "epoch", "elapsed", .. model];
    }

    /// <summary>Parameters that a table of these columns does not show.</summary>
    public static IReadOnlyList<string> LeftOut(IReadOnlyCollection<TrialView> trials, IReadOnlyList<string> shown) =>
        [.. Parameters(trials).Except(shown, StringComparer.Ordinal)];

    private static int Width(IReadOnlyCollection<TrialView> trials, string column) =>
        trials.Select(trial => Cell(trial, column).Length).Append(column.Length).Max() + Format.ColumnGap;

    /// <summary>One cell, for people.</summary>
    public static string Cell(TrialView trial, string column) => column switch
    {
        "state" when trial.Cut is not null => "cut-off",
        "objective" => trial.Objective is { } objective ? Format.Number(objective) : "-",
        "elapsed" => Elapsed(trial) is { } elapsed ? Durations.Of(elapsed) : "-",
        _ when trial.Values.TryGet(column, out var value) => Format.Value(value),
        _ when Metric(trial, column) is { } metric => Format.Number(metric),
        _ => Raw(trial, column) is { Length: > 0 } raw ? raw : "-",
    };

    /// <summary>One cell with full precision, for programs; empty when there is no value.</summary>
    public static string Raw(TrialView trial, string column) => column switch
    {
        "trial" => trial.TrialId.Number.ToString(CultureInfo.InvariantCulture),
        "state" => Words.Of(trial.State),
        "objective" => Number(trial.Objective),
        "epoch" => (trial.Result?.LastResource ?? trial.Latest?.Resource)?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        "elapsed" => Number(Elapsed(trial)?.TotalSeconds),
        "attempts" => trial.Attempts.ToString(CultureInfo.InvariantCulture),
        "worker" => trial.WorkerId?.Value ?? string.Empty,
        "model" => ModelText.Word(trial),
        "seed" => trial.Seed.ToString(CultureInfo.InvariantCulture),
        _ when trial.Values.TryGet(column, out var value) => ParameterText.Exact(value),
        "origin" => trial.Origin.Source,
        "suggestion" => DecisionText.OriginOf(trial),
        "decision" => trial.Decisions is { Count: > 0 } decisions
            ? $"{Words.Of(decisions[^1].Action)}: {DecisionText.Of(decisions[^1].Reason)}"
            : string.Empty,
        _ => Number(Metric(trial, column)),
    };

    private static IEnumerable<string> Parameters(IEnumerable<TrialView> trials) =>
        trials.SelectMany(t => t.Values.Entries.Keys).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Metrics(IEnumerable<TrialView> trials) =>
        trials.SelectMany(t => MetricsOf(t).Keys).Distinct().Order(StringComparer.Ordinal);

    private static ValueMap<double> MetricsOf(TrialView trial) => trial.Result?.Metrics ?? trial.Latest?.Metrics ?? ValueMap<double>.Empty;

    private static double? Metric(TrialView trial, string name) => MetricsOf(trial).TryGetValue(name, out var value) ? value : null;

    private static TimeSpan? Elapsed(TrialView trial) => trial.Result?.Elapsed ?? trial.Latest?.Elapsed;

    private static string Number(double? value) => value is not { } number ? string.Empty
        : double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture)
        : Format.Number(number);
}

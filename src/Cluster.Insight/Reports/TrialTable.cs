using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Trials as a table: which columns there are, and what their cells hold.</summary>
/// <remarks>Parameters, metrics and what every trial has are called as they are. Where a parameter has the name of one of the others, or a
/// metric that of a built-in column, it is the one that gets a prefix, so that each name is one column's.</remarks>
public sealed class TrialTable
{
    /// <summary>What tables call a trial that was stopped early because the search ended.</summary>
    public const string CutOff = "cut-off";

    private static readonly string[] Leading = ["trial", "state", "objective"];
    private static readonly string[] Trailing = ["epoch", "elapsed", "attempts", "worker", "model", "seed"];

    // Who suggested a trial, why, what the scheduler decided last, and how it failed.
    private static readonly string[] Told = ["origin", "suggestion", "decision", "failure"];

    // The column "epoch" is called so in tables of a search with folds.
    private const string Fold = "fold";

    private readonly List<TrialColumn> _parameters;

    /// <summary>Finds the columns of a search.</summary>
    /// <param name="trials">All its trials, also those that are not shown: columns are called alike whichever are.</param>
    public TrialTable(IReadOnlyCollection<TrialView> trials)
    {
        var metrics = trials.SelectMany(trial => MetricsOf(trial).Keys).ToHashSet(StringComparer.Ordinal);
        var parameters = trials.SelectMany(trial => trial.Values.Entries.Keys).Distinct().Order(StringComparer.Ordinal);
        _parameters = [.. parameters.Select(name => new TrialColumn(
            IsTaken(name) || metrics.Contains(name) ? TrialColumn.ParameterPrefix + name : name, TrialColumnKind.Parameter, name))];
        Columns =
        [
            .. Leading.Select(BuiltIn),
            .. _parameters,
            .. metrics.Order(StringComparer.Ordinal).Select(name => new TrialColumn(
                IsTaken(name) ? TrialColumn.MetricPrefix + name : name, TrialColumnKind.Metric, name)),
            .. Trailing.Concat(Told).Select(BuiltIn),
        ];
    }

    /// <summary>All columns, parameters and metrics included; each name occurs once.</summary>
    public IReadOnlyList<TrialColumn> Columns { get; }

    /// <summary>Finds a column by its name; a parameter or a metric also with its prefix where it needs none.</summary>
    /// <returns>Null when no trial has it.</returns>
    public TrialColumn? Find(string name) =>
        Columns.FirstOrDefault(column => column.Name == name)
        ?? Prefixed(name, TrialColumn.ParameterPrefix, TrialColumnKind.Parameter)
        ?? Prefixed(name, TrialColumn.MetricPrefix, TrialColumnKind.Metric);

    /// <summary>The columns for people, without metrics but the objective's, and with the column of models where that is not the same for
    /// all; parameters go from right to left until the rest fits.</summary>
    public IReadOnlyList<TrialColumn> ShortColumns(IReadOnlyCollection<TrialView> trials, int width)
    {
        var parameters = Parameters(trials).ToList();
        string[] model = ModelText.Differ(trials) ? ["model"] : [];
        while (parameters.Count > 0 && Shown().Sum(column => Width(trials, column)) > width)
        {
            parameters.RemoveAt(parameters.Count - 1);
        }

        return [.. Shown()];

        IEnumerable<TrialColumn> Shown() =>
            [.. Leading.Select(BuiltIn), .. parameters, BuiltIn("epoch"), BuiltIn("elapsed"), .. model.Select(BuiltIn)];
    }

    /// <summary>Parameters that a table of these columns does not show.</summary>
    public IReadOnlyList<TrialColumn> LeftOut(IReadOnlyCollection<TrialView> trials, IReadOnlyList<TrialColumn> shown) =>
        [.. Parameters(trials).Except(shown)];

    /// <summary>A heading for people, which says what one measurement covers.</summary>
    public static string Heading(TrialColumn column, string unit) =>
        column is { Kind: TrialColumnKind.BuiltIn, Key: "epoch" } ? unit : column.Name;

    /// <summary>One cell, for people.</summary>
    public static string Cell(TrialView trial, TrialColumn column) => (column.Kind, column.Key) switch
    {
        (TrialColumnKind.Parameter, var name) => trial.Values.TryGet(name, out var value) ? Format.Value(value) : "-",
        (TrialColumnKind.Metric, var name) => Metric(trial, name) is { } metric ? Format.Number(metric) : "-",
        (_, "state") when trial.Cut is not null => CutOff,
        (_, "objective") => trial.Objective is { } objective ? Format.Number(objective) : "-",
        (_, "elapsed") => ElapsedOf(trial),
        _ => Raw(trial, column) is { Length: > 0 } raw ? raw : "-",
    };

    /// <summary>How long a trial took so far, for people.</summary>
    public static string ElapsedOf(TrialView trial) => Elapsed(trial) is { } elapsed ? Durations.Of(elapsed) : "-";

    /// <summary>One cell with full precision, for programs; empty when there is no value.</summary>
    public static string Raw(TrialView trial, TrialColumn column) => column.Kind switch
    {
        TrialColumnKind.Parameter => trial.Values.TryGet(column.Key, out var value) ? ParameterText.Exact(value) : string.Empty,
        TrialColumnKind.Metric => Number(Metric(trial, column.Key)),
        _ => BuiltIn(trial, column.Key),
    };

    private static string BuiltIn(TrialView trial, string key) => key switch
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
        "origin" => trial.Origin.Source,
        "suggestion" => DecisionText.OriginOf(trial),
        "decision" => trial.Decisions is { Count: > 0 } decisions
            ? $"{Words.Of(decisions[^1].Action)}: {DecisionText.Of(decisions[^1].Reason)}"
            : string.Empty,
        "failure" => trial.Failure?.Message ?? string.Empty,
        _ => string.Empty,
    };

    private static TrialColumn BuiltIn(string name) => new(name, TrialColumnKind.BuiltIn, name);

    private static bool IsTaken(string name) =>
        name == Fold
        || Leading.Contains(name)
        || Trailing.Contains(name)
        || Told.Contains(name)
        || name.StartsWith(TrialColumn.ParameterPrefix, StringComparison.Ordinal)
        || name.StartsWith(TrialColumn.MetricPrefix, StringComparison.Ordinal);

    private TrialColumn? Prefixed(string name, string prefix, TrialColumnKind kind) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
            && Columns.FirstOrDefault(column => column.Kind == kind && column.Key == name[prefix.Length..]) is { } column
            ? column with { Name = name }
            : null;

    private IEnumerable<TrialColumn> Parameters(IReadOnlyCollection<TrialView> trials) =>
        _parameters.Where(parameter => trials.Any(trial => trial.Values.TryGet(parameter.Key, out _)));

    private static int Width(IReadOnlyCollection<TrialView> trials, TrialColumn column)
    {
        var width = TextWidth.Of(column.Name);
        foreach (var trial in trials)
        {
            width = Math.Max(width, TextWidth.Of(Cell(trial, column)));
        }

        return width + Format.ColumnGap;
    }

    private static ValueMap<double> MetricsOf(TrialView trial) => trial.Result?.Metrics ?? trial.Latest?.Metrics ?? ValueMap<double>.Empty;

    private static double? Metric(TrialView trial, string name) => MetricsOf(trial).TryGetValue(name, out var value) ? value : null;

    private static TimeSpan? Elapsed(TrialView trial) => trial.Result?.Elapsed ?? trial.Latest?.Elapsed;

    private static string Number(double? value) => value is not { } number ? string.Empty
        : double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture)
        : Format.Number(number);
}

using System.Globalization;

namespace SearchCluster.Contracts.Work;

/// <summary>What one report of an attempt may hold: checked by the worker before it is sent and by the
/// coordinator before it is decided.</summary>
public static class ReportRules
{
    /// <summary>Reports of one attempt that a worker sends before it waits for an answer.</summary>
    public const int Window = 8;

    /// <summary>Most reports of one attempt that wait in a coordinator to be written: those on their way, sent again several
    /// times.</summary>
    public const int MostWaiting = 8 * Window;

    /// <summary>Most metrics of one report.</summary>
    public const int MaximumMetrics = 64;

    /// <summary>Longest name of a metric.</summary>
    public const int MaximumMetricName = 64;

    /// <summary>Finds what is wrong with a measurement.</summary>
    /// <param name="measurement">What a workload reported; may be null, whatever its type says.</param>
    /// <returns>One sentence, or null when all is well.</returns>
    public static string? Problem(Measurement? measurement) => measurement is null
        ? "The workload reported null instead of a measurement; report a Measurement."
        : MetricsProblem(measurement.Metrics) ?? DataProblem(measurement.Data);

    /// <summary>Finds what is wrong with an outcome.</summary>
    /// <param name="outcome">What a workload returned; may be null, whatever its type says.</param>
    /// <returns>One sentence, or null when all is well.</returns>
    public static string? Problem(WorkOutcome? outcome) => outcome switch
    {
        null => "The workload returned null instead of an outcome; return AttemptCompleted, AttemptHalted or AttemptFailed.",
        AttemptCompleted { Result: null } => "The workload completed without a result; give AttemptCompleted a TrialResult.",
        AttemptCompleted { StopReason: var reason } when !Enum.IsDefined(reason) =>
            "The workload completed for a reason that is none; use a named TrainingStop.",
        AttemptCompleted completed => ResultProblem(completed.Result),
        AttemptHalted { Failure: { } failure } when !Enum.IsDefined(failure.Kind) =>
            "The workload failed in a way that is none; use a named TrialFailureKind.",
        AttemptHalted { Result: { } result } => ResultProblem(result),
        AttemptFailed { Failure: null } => "The workload failed without a failure; give AttemptFailed an AttemptFailure.",
        AttemptFailed { Failure: var failure } when !Enum.IsDefined(failure.Kind) =>
            "The workload failed in a way that is none; use a named TrialFailureKind.",
        EnsembleCompleted { Report: null } => "The ensemble was built without a report.",
        EnsembleCompleted ensemble => MetricsProblem(ensemble.Report.Metrics) ?? MetricsProblem(ensemble.Report.BestSingle),
        _ => null,
    };

    private static string? ResultProblem(TrialResult result) => result.LastResource < 0 || result.BestResource < 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"The result names resource level {Math.Min(result.BestResource, result.LastResource)}, but levels count from 0.")
        : result.BestResource > result.LastResource
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The result names level {result.BestResource} as its best, but its last level is {result.LastResource}; the best one "
                    + $"cannot come after the last.")
            : MetricsProblem(result.Metrics) ?? DataProblem(result.Data);

    private static string? DataProblem(DataIdentity? data) =>
        data is null || (data.Sha256 is { Length: DataIdentity.HashDigits } hash && hash.All(char.IsAsciiHexDigitLower))
            ? null
            : $"The report names data by '{ForeignText.OneLine(data.Sha256, DataIdentity.HashDigits)}', but the name is "
                + $"{DataIdentity.HashDigits} lower-case hexadecimal digits.";

    private static string? MetricsProblem(ValueMap<double>? metrics) => metrics switch
    {
        null => "The report holds no metrics; an empty map is the least.",
        { Count: > MaximumMetrics } => string.Create(
            CultureInfo.InvariantCulture, $"The report holds {metrics.Count} metrics, but may hold at most {MaximumMetrics}."),
        _ => metrics.Keys.Select(NameProblem).FirstOrDefault(problem => problem is not null),
    };

    private static string? NameProblem(string name) => name.Length switch
    {
        0 or > MaximumMetricName =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"A metric's name has {name.Length} characters, but must have 1 to {MaximumMetricName}: "
                    + $"'{ForeignText.OneLine(name, MaximumMetricName)}'."),
        _ when ForeignText.OneLine(name, 8 * MaximumMetricName) != name =>
            $"A metric's name holds control characters or half a character: '{ForeignText.OneLine(name, MaximumMetricName)}'.",
        _ => null,
    };
}

using System.Globalization;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>What one report may hold; a worker that sends more loses the attempt.</summary>
internal static class ReportLimits
{
    /// <summary>Most metrics of one report.</summary>
    public const int Metrics = 64;

    /// <summary>Longest name of a metric.</summary>
    public const int MetricName = 64;

    /// <summary>Longest detail of a failure.</summary>
    public const int FailureDetail = 16 * 1024;

    /// <summary>Checks a report.</summary>
    /// <param name="command">Any command.</param>
    /// <returns>The answer to a report that holds too much; null when all is well.</returns>
    public static WorkerProtocol.StaleLease? Violation(ISearchCommand command) => command switch
    {
        SearchCommands.ReportMeasurement report => Check(report.Lease, report.Measurement.Metrics),
        SearchCommands.ReportOutcome { Outcome: AttemptCompleted completed } report => Check(report.Lease, completed.Result.Metrics),
        SearchCommands.ReportOutcome { Outcome: AttemptHalted { Result: { } result } } report => Check(report.Lease, result.Metrics),
        SearchCommands.ReportOutcome { Outcome: EnsembleCompleted ensemble } report =>
            Check(report.Lease, ensemble.Report.Metrics) ?? Check(report.Lease, ensemble.Report.BestSingle),
        SearchCommands.ReportOutcome { Outcome: AttemptFailed { Failure.Detail.Length: > FailureDetail and var length } } report =>
            new(report.Lease, string.Create(CultureInfo.InvariantCulture, $"The detail of the failure has {length} characters, but may have at most {FailureDetail}.")),
        _ => null,
    };

    private static WorkerProtocol.StaleLease? Check(LeaseKey lease, ValueMap<double> metrics)
    {
        if (metrics.Count > Metrics)
        {
            return new(lease, string.Create(CultureInfo.InvariantCulture, $"The report holds {metrics.Count} metrics, but may hold at most {Metrics}."));
        }

        foreach (var name in metrics.Keys)
        {
            if (name.Length is 0 or > MetricName)
            {
                return new(lease, string.Create(CultureInfo.InvariantCulture, $"A metric's name has {name.Length} characters, but must have 1 to {MetricName}."));
            }
        }

        return null;
    }
}

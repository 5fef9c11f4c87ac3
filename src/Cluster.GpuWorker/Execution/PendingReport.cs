namespace SearchCluster.GpuWorker.Execution;

/// <summary>One report of an attempt that the coordinator has not acknowledged: a measurement or the outcome.</summary>
/// <param name="Lease">The attempt's lease.</param>
/// <param name="Seq">Number of the report within the attempt, from 1 without gaps.</param>
/// <param name="Measurement">The metrics; null for the outcome.</param>
/// <param name="Outcome">How the attempt ended; null for a measurement.</param>
/// <param name="TraceParent">W3C context of the attempt span.</param>
public sealed record PendingReport(LeaseKey Lease, long Seq, Measurement? Measurement, WorkOutcome? Outcome, string? TraceParent)
{
    /// <summary>Makes the message for the coordinator.</summary>
    /// <param name="traceParent">W3C context of the report span; null for the attempt's.</param>
    /// <returns>A measurement or an outcome.</returns>
    public ISearchCommand ToCommand(string? traceParent) => Outcome is { } outcome
        ? new SearchCommands.ReportOutcome(Lease, Seq, outcome, traceParent ?? TraceParent)
        : new SearchCommands.ReportMeasurement(Lease, Seq, Measurement!, traceParent ?? TraceParent);
}

namespace SearchCluster.GpuWorker.Execution.Reports;

/// <summary>One report of an attempt that the coordinator has not acknowledged: a measurement, a warning or the outcome.</summary>
/// <param name="Lease">The attempt's lease.</param>
/// <param name="Seq">Number of the report within the attempt, from 1 without gaps.</param>
/// <param name="Measurement">The metrics; null for another report.</param>
/// <param name="Outcome">How the attempt ended; null before the end.</param>
/// <param name="TraceParent">W3C context of the attempt span.</param>
/// <param name="Warning">What a person should know; null for another report.</param>
public sealed record PendingReport(
    LeaseKey Lease, long Seq, Measurement? Measurement, WorkOutcome? Outcome, string? TraceParent, WorkWarning? Warning = null)
{
    /// <summary>What it is, for spans.</summary>
    public string Kind => this switch { { Outcome: not null } => "outcome", { Warning: not null } => "warning", _ => "measurement" };

    /// <summary>Makes the message for the coordinator.</summary>
    /// <param name="traceParent">W3C context of the report span; null for the attempt's.</param>
    /// <returns>A measurement, a warning or an outcome.</returns>
    public ISearchCommand ToCommand(string? traceParent) => this switch
    {
        { Outcome: { } outcome } => new SearchCommands.ReportOutcome(Lease, Seq, outcome, traceParent ?? TraceParent),
        { Warning: { } warning } => new SearchCommands.ReportWarning(Lease, Seq, warning, traceParent ?? TraceParent),
        _ => new SearchCommands.ReportMeasurement(Lease, Seq, Measurement!, traceParent ?? TraceParent),
    };
}

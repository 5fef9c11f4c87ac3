namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Checks reports before they are decided, whoever sent them: a worker of one's own may send anything.</summary>
internal static class ReportLimits
{
    /// <summary>Lets what is well-formed pass; anything else becomes the failure of its attempt, so that no
    /// report is ever waited for or decided twice.</summary>
    /// <param name="command">Any command.</param>
    /// <returns>The command to decide.</returns>
    public static ISearchCommand Checked(ISearchCommand command) => command switch
    {
        SearchCommands.ReportMeasurement report when ReportRules.Problem(report.Measurement) is { } problem =>
            Failed(report.Lease, report.Seq, problem, report.TraceParent),
        SearchCommands.ReportOutcome report when ReportRules.Problem(report.Outcome) is { } problem =>
            Failed(report.Lease, report.Seq, problem, report.TraceParent),
        SearchCommands.ReportOutcome { Outcome: AttemptFailed failed } report =>
            report with { Outcome = new AttemptFailed(failed.Failure.Normalised()) },
        SearchCommands.ReportOutcome { Outcome: AttemptHalted { Failure: { } failure } halted } report =>
            report with { Outcome = halted with { Failure = failure.Normalised() } },
        SearchCommands.ReportWarning { Warning: null } report => report with { Warning = WorkWarning.Of(null) },
        _ => command,
    };

    private static SearchCommands.ReportOutcome Failed(LeaseKey lease, long seq, string problem, string? traceParent) =>
        new(lease, seq, new AttemptFailed(new AttemptFailure(TrialFailureKind.WorkloadError, problem)), traceParent);
}

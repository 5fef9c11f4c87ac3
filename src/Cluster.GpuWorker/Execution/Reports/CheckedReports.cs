namespace SearchCluster.GpuWorker.Execution.Reports;

/// <summary>Checks what a workload reports before anything of it leaves the worker.</summary>
/// <param name="report">Takes what is well-formed.</param>
internal sealed class CheckedReports(Action<Measurement> report)
{
    private string? _problem;

    /// <summary>Passes a measurement on.</summary>
    /// <exception cref="InvalidReportException">It holds what none may hold; the attempt fails, also when the
    /// workload catches this.</exception>
    public void Report(Measurement measurement)
    {
        if (ReportRules.Problem(measurement) is { } problem)
        {
            _problem ??= problem;
            throw new InvalidReportException(problem);
        }

        report(measurement);
    }

    /// <summary>The outcome that may be sent: the workload's own, or what is wrong with it.</summary>
    /// <param name="outcome">What the workload returned.</param>
    /// <param name="assignment">What it was asked to do.</param>
    /// <param name="isCancelled">True when it was asked to end.</param>
    public WorkOutcome Judge(WorkOutcome? outcome, WorkAssignment assignment, bool isCancelled) => outcome switch
    {
        // Halted means that another attempt goes on from here; without a reason that would never end.
        AttemptHalted when !isCancelled => new AttemptFailed(new(
            TrialFailureKind.WorkloadError,
            "The workload halted although nobody asked it to; return AttemptCompleted when it is done, and AttemptFailed when it cannot go "
                + "on.")),
        AttemptCompleted { StopReason: TrainingStop.ResourceLimit } completed when assignment is TrialAssignment { UntilResource: null } =>
            Judge(completed with { StopReason = TrainingStop.AllEpochs }, assignment, isCancelled),
        AttemptFailed { Failure: { } failure } when ReportRules.Problem(outcome) is null => new AttemptFailed(failure.Normalised()),
        _ when (_problem ?? ReportRules.Problem(outcome)) is { } problem => new AttemptFailed(new(TrialFailureKind.WorkloadError, problem)),
        _ => outcome!,
    };
}

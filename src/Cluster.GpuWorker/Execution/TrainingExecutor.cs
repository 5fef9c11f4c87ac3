using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Execution;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Runs assignments by training them with libtorch.</summary>
/// <param name="executor">Trains on the worker's device.</param>
/// <param name="artifacts">Where checkpoints and models lie.</param>
/// <param name="clock">Time and waiting.</param>
public sealed class TrainingExecutor(WorkExecutor executor, IArtifactStore artifacts, TimeProvider clock) : IWorkExecutor
{
    /// <inheritdoc />
    public WorkOutcome Run(WorkAssignment assignment, AttemptRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return executor.Run(assignment, new WorkContext(artifacts, run.Report, clock, run.Cancellation, run.TraceParent, run.Warn));
    }
}

using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Runs assignments by training them with libtorch.</summary>
/// <param name="executor">Trains on the worker's device.</param>
public sealed class TrainingExecutor(WorkExecutor executor) : IWorkExecutor
{
    /// <inheritdoc />
    public WorkOutcome Run(WorkAssignment assignment, WorkContext context) => executor.Run(assignment, context);
}

using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Runs one assignment on the calling thread; in production by training, in tests by a script.</summary>
/// <remarks>Called from several threads at once, one call per slot. What it throws ends the attempt as failed, never the worker.</remarks>
public interface IWorkExecutor
{
    /// <summary>Runs an assignment to its end and returns how it ended.</summary>
    /// <param name="assignment">What to do.</param>
    /// <param name="context">Where measurements go and when to stop.</param>
    /// <returns><see cref="AttemptHalted"/> soon after a cancellation; else the outcome.</returns>
    WorkOutcome Run(WorkAssignment assignment, WorkContext context);
}

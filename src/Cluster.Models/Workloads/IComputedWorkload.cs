using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;

namespace SearchCluster.Models.Workloads;

/// <summary>A workload with a computation of its own, which need not touch tensors.</summary>
public interface IComputedWorkload : IWorkload
{
    /// <summary>Runs a trial to its end on the calling thread: reports, checkpoints and heeds cancellation by itself.</summary>
    /// <param name="assignment">The trial.</param>
    /// <param name="hyperparameters">Its configuration.</param>
    /// <param name="context">What surrounds it.</param>
    /// <returns>How it ended.</returns>
    WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context);
}

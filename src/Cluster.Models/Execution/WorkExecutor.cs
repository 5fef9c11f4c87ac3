using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Execution;

/// <summary>Runs assignments on one device; thread-safe, one per process and device.</summary>
/// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>.</param>
/// <param name="workloads">What can be trained; null for the built-in workloads.</param>
public sealed class WorkExecutor(string device = "cpu", WorkloadCatalog? workloads = null)
{
    private readonly WorkloadCatalog _workloads = workloads ?? WorkloadCatalog.Default;

    /// <summary>The device all assignments run on.</summary>
    public string Device { get; } = device;

    /// <summary>Runs one assignment to its end on the calling thread.</summary>
    /// <param name="assignment">A trial or an ensemble.</param>
    /// <param name="context">What surrounds it.</param>
    /// <returns>How it ended. Faults of the workload, the data or the device are outcomes, not exceptions.</returns>
    public WorkOutcome Run(WorkAssignment assignment, WorkContext context) =>
        throw new NotSupportedException($"{_workloads} {assignment} {context}");
}

using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Models.Workloads;

/// <summary>What a trial trains: an <see cref="INetworkWorkload"/>, which the product's loop trains, or an
/// <see cref="IComputedWorkload"/>, which runs itself.</summary>
/// <remarks>One instance serves all trials of a process on several threads, so it holds no state of a trial.</remarks>
public interface IWorkload
{
    /// <summary>Its name, hyperparameters and metrics.</summary>
    WorkloadDescriptor Descriptor { get; }
}

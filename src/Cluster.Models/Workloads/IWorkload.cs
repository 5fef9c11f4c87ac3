using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Models.Workloads;

/// <summary>What a trial trains; implement <see cref="INetworkWorkload"/> for a network, <see cref="IComputedWorkload"/> for anything else.</summary>
public interface IWorkload
{
    /// <summary>Its name, hyperparameters and metrics.</summary>
    WorkloadDescriptor Descriptor { get; }
}

/// <summary>A workload that runs its own computation and touches no tensors.</summary>
public interface IComputedWorkload : IWorkload;

/// <summary>A network that the product's one training loop trains.</summary>
public interface INetworkWorkload : IWorkload;

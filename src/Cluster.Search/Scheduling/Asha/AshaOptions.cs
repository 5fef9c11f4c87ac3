#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;
using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Scheduling.Asha;

/// <summary>Options of the scheduler <c>asha</c>.</summary>
public sealed record AshaOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } =
        AlgorithmDescriptor.Of<AshaOptions>("asha", "Asynchronous successive halving: at each rung one in reduction trials goes on.");

    [SearchGroup]
    public HalvingOptions Halving { get; init; } = new();
}

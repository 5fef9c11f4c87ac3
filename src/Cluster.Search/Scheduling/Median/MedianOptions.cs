#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;
using SearchCluster.Search.Scheduling.Curves;

namespace SearchCluster.Search.Scheduling.Median;

/// <summary>Options of the scheduler <c>median</c>.</summary>
public sealed record MedianOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<MedianOptions>(
        "median",
        "Stops a trial whose best value is worse than the median of the earlier trials' running averages at the same resource.");

    [SearchGroup]
    public QuantileOptions Comparison { get; init; } = new();
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;
using SearchCluster.Search.Scheduling.Curves;

namespace SearchCluster.Search.Scheduling.Percentile;

/// <summary>Options of the scheduler <c>percentile</c>.</summary>
public sealed record PercentileOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<PercentileOptions>(
        "percentile",
        "Stops a trial whose best value is not among the best percentile of the earlier trials at the same resource.");

    [SearchRange(0, 100), Description("Share in percent of the earlier trials that a trial must keep up with.")]
    public double Percentile { get; init; } = 25;

    [SearchGroup]
    public QuantileOptions Comparison { get; init; } = new();
}

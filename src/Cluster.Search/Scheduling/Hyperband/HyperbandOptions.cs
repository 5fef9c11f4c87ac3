#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;
using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Scheduling.Hyperband;

/// <summary>Options of the scheduler <c>hyperband</c>.</summary>
public sealed record HyperbandOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<HyperbandOptions>(
        "hyperband",
        "Hyperband: successive halving in several brackets, from many trials compared early to few that train to their end.");

    [SearchGroup]
    public HalvingOptions Halving { get; init; } = new();

    [SearchRange(0, 100), Description("Number of brackets, the most aggressive first; 0 for as many as fit between min and max.")]
    public int Brackets { get; init; }
}

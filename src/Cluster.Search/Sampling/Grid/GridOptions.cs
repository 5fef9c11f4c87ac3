#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Sampling.Grid;

/// <summary>Options of the sampler <c>grid</c>.</summary>
public sealed record GridOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } =
        AlgorithmDescriptor.Of<GridOptions>("grid", "Every combination of the points of all axes, in a fixed order.") with
        {
            SupportsSeveralObjectives = true,
            LearnsFromTrials = false,
        };

    [Description(
        "sorted: the last parameter changes fastest; spread: from all over the grid, for a search that may end before the grid does.")]
    public GridOrder Order { get; init; }
}

/// <summary>In which order a grid is tried.</summary>
public enum GridOrder
{
    /// <summary>Lexicographic: the last parameter changes fastest.</summary>
    Sorted,

    /// <summary>Any first part covers the whole grid about evenly.</summary>
    Spread,
}

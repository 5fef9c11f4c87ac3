#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A transformer encoder.</summary>
public sealed record TransformerOptions
{
    [SearchRange(1, 32), Description("Layers on top of each other.")]
    public int NumLayers { get; init; } = 2;

    [SearchRange(1, 64), Description("Heads of the attention.")]
    public int Heads { get; init; } = 4;

    [SearchRange(1, 1_024), Description("Numbers of each head; a step has heads times so many.")]
    public int HeadSize { get; init; } = 16;

    [SearchRange(1, 65_536), Description("Units of the small network in each layer.")]
    public int FeedForwardSize { get; init; } = 128;

    [SearchGroup]
    public LayerOptions Layers { get; init; } = new();
}

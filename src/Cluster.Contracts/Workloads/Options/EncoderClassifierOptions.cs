#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A classifier of codes.</summary>
public sealed record EncoderClassifierOptions
{
    [SearchGroup]
    public EncoderOptions Encoder { get; init; } = new();

    [SearchGroup]
    public FrozenEncoderOptions Frozen { get; init; } = new();

    [SearchRange(0, 8), Description("Hidden dense layers of the classifier.")]
    public int DenseLayers { get; init; } = 1;

    [SearchRange(1, 65_536), Description("Units of each of them.")]
    public int DenseSize { get; init; } = 64;

    [SearchGroup]
    public LayerOptions Layers { get; init; } = new();

    [SearchGroup]
    public AugmentationOptions Augmentation { get; init; } = new();
}

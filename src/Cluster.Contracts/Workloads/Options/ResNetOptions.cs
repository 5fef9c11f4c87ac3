#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A residual network.</summary>
public sealed record ResNetOptions
{
    [SearchRange(1, 5), Description("Stages; each but the first halves the image.")]
    public int Stages { get; init; } = 3;

    [SearchRange(1, 16), Description("Residual units, of two convolutions, in a stage.")]
    public int UnitsPerStage { get; init; } = 2;

    [SearchRange(1, 2_048), Description("Channels of the first stage.")]
    public int Channels { get; init; } = 16;

    [SearchRange(1, 4), Description("Factor on the channels from stage to stage.")]
    public double ChannelGrowth { get; init; } = 2;

    [SearchGroup]
    public LayerOptions Layers { get; init; } = new();

    [SearchGroup]
    public AugmentationOptions Augmentation { get; init; } = new();
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A U-Net.</summary>
public sealed record SegmentationOptions
{
    [Description(
        "What the encoder is: that of a U-Net, or the layers of ResNet-18 or ResNet-34, with torchvision's names of the weights.")]
    public SegmentationBackbone Backbone { get; init; } = SegmentationBackbone.Unet;

    [SearchRange(1, 6), Description("How often the image is halved; at most 5 with a residual backbone.")]
    public int Depth { get; init; } = 3;

    [SearchRange(1, 2_048), Description("Channels at full size; with a residual backbone those of the decoder.")]
    public int Channels { get; init; } = 16;

    [SearchRange(1, 4), Description("Factor on the channels from size to size.")]
    public double ChannelGrowth { get; init; } = 2;

    [Description("Normalise each channel over the batch after each convolution.")]
    public bool BatchNorm { get; init; } = true;

    [SearchRange(0, 0.95), Description("Probability that a channel is dropped at the smallest size in training.")]
    public double SpatialDropout { get; init; }

    [SearchGroup]
    public FrozenEncoderOptions Frozen { get; init; } = new();

    [SearchGroup]
    public ActivationOptions Activations { get; init; } = new();

    [SearchGroup]
    public InitialisationOptions Initialisation { get; init; } = new();

    [SearchGroup]
    public AugmentationOptions Augmentation { get; init; } = new();
}

/// <summary>What the encoder of a U-Net is.</summary>
public enum SegmentationBackbone
{
    Resnet18,
    Resnet34,
    Unet,
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Blocks of convolutions and dense layers behind them.</summary>
public sealed record ConvolutionOptions
{
    [SearchRange(1, 8), Description("Blocks, each followed by pooling that halves the image.")]
    public int Blocks { get; init; } = 2;

    [SearchRange(1, 8), Description("Convolutions in a block.")]
    public int Convolutions { get; init; } = 1;

    [Description(
        "What a convolution is: plain; bottleneck, with a 1×1 convolution to half the channels before it; inception, with branches of 1×1, "
            + "3×3 and 5×5 kernels and pooling.")]
    public ConvolutionBlock Block { get; init; }

    [SearchRange(1, 2_048), Description("Channels of the first block.")]
    public int Channels { get; init; } = 16;

    [SearchRange(1, 4), Description("Factor on the channels from block to block.")]
    public double ChannelGrowth { get; init; } = 2;

    [SearchItems("1", "3", "5", "7"), Description("Side of the square kernels, in pixels.")]
    public string Kernel { get; init; } = "3";

    [Description("How a block is halved.")]
    public PoolingKind Pooling { get; init; }

    [Description("Normalise each channel over the batch after each convolution.")]
    public bool BatchNorm { get; init; }

    [SearchRange(0, 0.95), Description("Probability that a channel is dropped after a block in training.")]
    public double SpatialDropout { get; init; }

    [Description("Average each channel over the image before the dense layers.")]
    public bool GlobalPooling { get; init; }

    [SearchRange(0, 8), Description("Hidden dense layers after the convolutions.")]
    public int DenseLayers { get; init; } = 1;

    [SearchRange(1, 65_536), Description("Units of each hidden dense layer.")]
    public int DenseSize { get; init; } = 64;

    [SearchGroup]
    public LayerOptions Layers { get; init; } = new();
}

/// <summary>What a convolution of a block is.</summary>
public enum ConvolutionBlock
{
    Plain,
    Bottleneck,
    Inception,
}

/// <summary>What becomes of the pixels that a halved image has as one.</summary>
public enum PoolingKind
{
    Max,
    Average,
}

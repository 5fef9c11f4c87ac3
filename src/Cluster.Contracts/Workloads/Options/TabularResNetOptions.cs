#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A residual network for tables.</summary>
public sealed record TabularResNetOptions
{
    [SearchRange(1, 32), Description("Residual blocks, of two dense layers.")]
    public int Blocks { get; init; } = 2;

    [SearchRange(1, 65_536), Description("Numbers that go from block to block.")]
    public int Width { get; init; } = 128;

    [SearchRange(0.125, 16), Description("Units of the hidden layer of a block, as a factor on width.")]
    public double HiddenFactor { get; init; } = 2;

    [SearchRange(0, 0.95), Description("Probability that a number that a block adds is dropped in training; dropout is for its hidden "
        + "layer.")]
    public double ResidualDropout { get; init; }

    [SearchGroup]
    public LayerOptions Layers { get; init; } = new();

    /// <summary>Units of the hidden layer of a block.</summary>
    public int HiddenSize => Math.Max(1, (int)Math.Round(Width * HiddenFactor));
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>An encoder, whose layers a decoder mirrors.</summary>
public sealed record EncoderOptions
{
    [Description("What the encoder is made of; the decoder of an autoencoder mirrors it.")]
    public EncoderKind Encoder { get; init; }

    [SearchRange(1, 8), Description("Hidden layers of the encoder; each convolution halves the image.")]
    public int EncoderLayers { get; init; } = 2;

    [SearchRange(1, 65_536), Description(
        "Units of each hidden layer; channels of the first convolution, which double from one to the next.")]
    public int EncoderSize { get; init; } = 128;

    [SearchRange(1, 65_536), Description("Numbers of the code.")]
    public int LatentSize { get; init; } = 32;
}

/// <summary>What an encoder is made of.</summary>
public enum EncoderKind
{
    Dense,
    Convolution,
}

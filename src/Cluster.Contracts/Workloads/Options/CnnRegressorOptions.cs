#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A convolutional network that answers numbers.</summary>
public sealed record CnnRegressorOptions
{
    [SearchGroup]
    public ConvolutionOptions Convolution { get; init; } = new();

    [SearchGroup]
    public PhotometricOptions Photometric { get; init; } = new();
}

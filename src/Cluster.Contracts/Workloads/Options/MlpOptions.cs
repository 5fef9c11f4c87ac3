#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A multi-layer perceptron.</summary>
public sealed record MlpOptions
{
    [SearchRange(0, 32), Description("Hidden layers; 0 is a linear model.")]
    public int NumLayers { get; init; } = 1;

    [SearchRange(1, 65_536), Description("Units of each hidden layer.")]
    public int HiddenSize { get; init; } = 64;

    [SearchGroup]
    public LayerOptions Layers { get; init; } = new();
}

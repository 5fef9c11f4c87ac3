#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A variational autoencoder.</summary>
public sealed record VaeOptions
{
    [SearchGroup]
    public EncoderOptions Encoder { get; init; } = new();

    [SearchRange(0, 1e6), Description("Weight of the divergence of the code from the standard normal, for each number of the input.")]
    public double Beta { get; init; } = 1;

    [SearchGroup]
    public ActivationOptions Activations { get; init; } = new();

    [SearchGroup]
    public InitialisationOptions Initialisation { get; init; } = new();
}

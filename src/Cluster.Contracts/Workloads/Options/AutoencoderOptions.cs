#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>An autoencoder.</summary>
public sealed record AutoencoderOptions
{
    [SearchGroup]
    public EncoderOptions Encoder { get; init; } = new();

    [SearchGroup]
    public ActivationOptions Activations { get; init; } = new();

    [SearchGroup]
    public InitialisationOptions Initialisation { get; init; } = new();
}

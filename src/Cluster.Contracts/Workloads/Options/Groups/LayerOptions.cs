#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>What the layers of most networks share: activation function, dropout and initial weights.</summary>
public sealed record LayerOptions
{
    [SearchGroup]
    public ActivationOptions Activations { get; init; } = new();

    [SearchGroup]
    public DropoutOptions Dropouts { get; init; } = new();

    [SearchGroup]
    public InitialisationOptions Initialisation { get; init; } = new();
}

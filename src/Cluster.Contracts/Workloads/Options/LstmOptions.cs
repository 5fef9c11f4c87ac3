#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A recurrent network.</summary>
public sealed record LstmOptions
{
    [SearchRange(1, 8), Description("Layers on top of each other.")]
    public int NumLayers { get; init; } = 1;

    [SearchRange(1, 65_536), Description("Numbers of the state.")]
    public int HiddenSize { get; init; } = 64;

    [SearchRange(1, 65_536), Description("Numbers that stand for a symbol; not read where steps are numbers.")]
    public int EmbeddingSize { get; init; } = 32;

    [SearchGroup]
    public DropoutOptions Dropouts { get; init; } = new();

    [SearchGroup]
    public InitialisationOptions Initialisation { get; init; } = new();
}

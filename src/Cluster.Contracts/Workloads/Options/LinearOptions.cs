#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads.Options;

/// <summary>A linear classifier.</summary>
public sealed record LinearOptions
{
    [SearchGroup]
    public InitialisationOptions Initialisation { get; init; } = new();
}

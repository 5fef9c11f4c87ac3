#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Whether an encoder that was trained before is trained on.</summary>
public sealed record FrozenEncoderOptions
{
    [Description("Keep the encoder's weights as they are at the start, which makes sense with workload.pretrained.")]
    public bool FreezeEncoder { get; init; }
}

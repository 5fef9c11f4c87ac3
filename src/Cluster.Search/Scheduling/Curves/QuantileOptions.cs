#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Search.Scheduling.Curves;

/// <summary>What the schedulers have in common that compare a trial with a quantile of earlier ones.</summary>
public sealed record QuantileOptions
{
    [SearchRange(0, Resources.Most), Description("Resource up to which it does not decide.")]
    public int Grace { get; init; } = 5;

    [SearchRange(1, Resources.Most), Description("Earlier trials at the same resource that it needs before it decides.")]
    public int MinTrials { get; init; } = 5;
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Initial weights.</summary>
public sealed record InitialisationOptions
{
    [Description("Initial weights; gaussian uses initStd.")]
    public WeightInitialisation Init { get; init; }

    [SearchRange(0, 10), Description("Standard deviation of gaussian initial weights.")]
    public double InitStd { get; init; } = 0.01;
}

/// <summary>Laws of initial weights.</summary>
public enum WeightInitialisation
{
    Kaiming,
    Xavier,
    Gaussian,
}

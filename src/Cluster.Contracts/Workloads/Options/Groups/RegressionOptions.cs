#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Loss of workloads that answer numbers.</summary>
public sealed record RegressionOptions
{
    [Description("What is minimised, of targets scaled to deviation 1.")]
    public RegressionLoss Loss { get; init; }

    [SearchRange(1e-6, 1e6), Description("Where the huber loss turns from a square into a line.")]
    public double HuberDelta { get; init; } = 1;
}

/// <summary>What is minimised of numbers.</summary>
public enum RegressionLoss
{
    Mse,
    L1,
    Huber,
}

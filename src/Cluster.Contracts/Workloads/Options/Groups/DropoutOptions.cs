#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Dropout, in training and at prediction.</summary>
public sealed record DropoutOptions
{
    [SearchRange(0, 0.95), Description("Probability that a unit of a hidden layer is dropped in training.")]
    public double Dropout { get; init; }

    [SearchRange(0, 1_000), Description("Predictions average so many passes with dropout (Monte-Carlo dropout); 0 for one pass without.")]
    public int DropoutSamples { get; init; }
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Sampling.Evolution;

/// <summary>Options of the sampler <c>evolution</c>.</summary>
/// <remarks>
/// The defaults are for some hundred trials, by measurement on problems of 2 to 12 parameters: such a search cannot afford the thousands of
/// trials of the paper (population 100, sample 25), so the tournament is sharper. The best of twenty takes part in 79 % of thirty draws.
/// </remarks>
public sealed record EvolutionOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<EvolutionOptions>(
        "evolution",
        "Regularised evolution: mutates the best of a sample of recent trials.");

    [SearchRange(2, 10_000), Description("How many of the trials that finished last can become parents.")]
    public int Population { get; init; } = 20;

    [SearchRange(1, 10_000), Description("How many of them one tournament draws, with replacement.")]
    public int Sample { get; init; } = 30;

    [SearchRange(0, 1), Description("Probability that a child mixes two parents.")]
    public double CrossoverRate { get; init; } = 0.4;

    [SearchRange(1, 1_000), Description("Expected number of parameters that a mutation changes; at least one is.")]
    public double Mutations { get; init; } = 1.5;

    [SearchRange(1e-6, 1), Description("Largest standard deviation of a numeric mutation, as a share of the range.")]
    public double Step { get; init; } = 0.4;
}

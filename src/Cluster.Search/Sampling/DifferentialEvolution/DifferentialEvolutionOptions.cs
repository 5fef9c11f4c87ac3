#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Sampling.DifferentialEvolution;

/// <summary>Options of the sampler <c>differential-evolution</c>.</summary>
/// <remarks>
/// Weight and rate are those of the paper for fast convergence. Its population, ten for each parameter, is for thousands of trials; a
/// search of some hundred has time for ten rounds of a population only if it is small.
/// </remarks>
public sealed record DifferentialEvolutionOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<DifferentialEvolutionOptions>(
        "differential-evolution",
        "Differential evolution (rand/1/bin): moves a trial by the difference of two others, crosses it with a third and keeps the "
            + "better.");

    /// <summary>NP in the paper.</summary>
    [SearchRange(4, 10_000), Description("How many trials are kept, each until a better one takes its place.")]
    public int Population { get; init; } = 12;

    /// <summary>F in the paper.</summary>
    [SearchRange(0, 2), Description("Factor on the difference of two trials by which a third is moved.")]
    public double DifferentialWeight { get; init; } = 0.5;

    /// <summary>CR in the paper.</summary>
    [SearchRange(0, 1), Description("Probability that a parameter is the moved trial's and not the old one's; at least one is.")]
    public double CrossoverRate { get; init; } = 0.9;
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Sampling.Nsga2;

/// <summary>Options of the sampler <c>nsga2</c>.</summary>
/// <remarks>
/// The defaults are for some hundred trials, by the hypervolume on ZDT1 and ZDT3: a search of that length has time for ten generations only
/// if they are small, and reaches the front by mutation rather than by crossover. For thousands of trials the paper's population of 100,
/// mutation index 20 and one mutation are the better choice.
/// </remarks>
public sealed record Nsga2Options : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<Nsga2Options>(
        "nsga2",
        "Non-dominated sorting genetic algorithm for two or more objectives.") with
    {
        SupportsSeveralObjectives = true,
    };

    [SearchRange(4, 10_000), Description("How many trials survive a generation, and how many results complete one.")]
    public int Population { get; init; } = 12;

    [SearchRange(0, 1), Description("Probability that a child has two parents.")]
    public double CrossoverRate { get; init; } = 0.9;

    [SearchRange(0, 100), Description("The larger, the nearer a crossed number is to its parents.")]
    public double CrossoverIndex { get; init; } = 10;

    [SearchRange(0, 100), Description("The larger, the smaller the steps of a mutated number.")]
    public double MutationIndex { get; init; } = 8;

    [SearchRange(0, 1_000), Description("Expected number of parameters that a mutation changes.")]
    public double Mutations { get; init; } = 1.5;
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Scheduling.PopulationBased;

/// <summary>Options of the scheduler <c>pbt</c>.</summary>
public sealed record PopulationOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<PopulationOptions>(
        "pbt",
        "Population based training: bad trials go on from the checkpoint of a good one, with its values perturbed.");

    [Required, SearchRange(1, Resources.Most), Description("Resource between two comparisons of the population.")]
    public int Interval { get; init; }

    [SearchRange(2, Resources.Most), Description(
        "Trials that evolve together; the search's trials form groups of so many in the order of their numbers.")]
    public int Population { get; init; } = 20;

    [SearchRange(0.01, 0.5), Description("Share of the population that takes over from as large a share of the best.")]
    public double Quantile { get; init; } = 0.25;

    [SearchRange(1.0001, 100), Description(
        "Numbers are multiplied or divided by this factor where they are searched on a log scale, and moved by the same share of their "
            + "range elsewhere.")]
    public double Factor { get; init; } = 1.2;

    [SearchRange(0, 1), Description(
        "Chance that a value is drawn anew from the space instead of perturbed; the only change that items and truth values can have.")]
    public double Resample { get; init; } = 0.25;

    [Description(
        "Which parameters change: real ones, all numbers, or all. Whole numbers and items often decide the shape of a network, and a "
            + "checkpoint fits only its own shape.")]
    public PerturbedKinds Perturb { get; init; }
}

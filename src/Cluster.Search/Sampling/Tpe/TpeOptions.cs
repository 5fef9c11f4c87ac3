#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Sampling.Tpe;

/// <summary>Options of the tree-structured Parzen estimator; <see cref="TpeSampler"/> gives the reasons for the defaults.</summary>
public sealed record TpeOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<TpeOptions>(
        "tpe",
        "Tree-structured Parzen estimator: prefers values that are more frequent among good trials than among the others.");

    [Description("One density over all parameters together; false for one for each parameter.")]
    public bool Multivariate { get; init; } = true;

    [SearchRange(1, 10_000), Description("Trials that fill the space evenly before the model is asked.")]
    public int Startup { get; init; } = 10;

    [SearchRange(1, 10_000), Description("Most draws among which the best ratio wins.")]
    public int Candidates { get; init; } = 64;

    [SearchRange(0.001, 0.999), Description("Share of the trials that counts as good.")]
    public double Gamma { get; init; } = 0.1;

    [SearchRange(1, 10_000), Description("Most trials that count as good.")]
    public int MaximumGood { get; init; } = 25;

    [SearchRange(0, 1), Description(
        "Share of the suggestions that explore: an item of a categorical parameter drawn evenly, else a single draw of the good density.")]
    public double Explore { get; init; } = 0.15;

    [SearchRange(0.001, 1_000), Description("Weight of the whole range, in good trials.")]
    public double PriorWeight { get; init; } = 1;
}

#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;
using SearchCluster.Search.Scheduling.Hyperband;

namespace SearchCluster.Search.Sampling.Bohb;

/// <summary>Options of the sampler <c>bohb</c>.</summary>
public sealed record BohbOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<BohbOptions>(
        "bohb",
        "A model of the largest resource level with enough trials, inside the brackets of scheduler hyperband.") with
    {
        NeedsScheduler = HyperbandOptions.Descriptor.Name,
        LearnsFromEarlierSearch = false,
    };

    [Description("Which model: that of tpe or of gp, each with its defaults.")]
    public BohbModel Model { get; init; }

    [SearchRange(0, 1), Description("Share of the trials that is drawn at random.")]
    public double RandomFraction { get; init; } = 1.0 / 3;

    [SearchRange(2, 10_000), Description(
        "Trials that must have reached a resource level before it is modelled; one more than there are parameters when left out.")]
    public int? MinTrials { get; init; }
}

/// <summary>Models of BOHB.</summary>
public enum BohbModel
{
    /// <summary>Parzen estimators.</summary>
    Tpe,

    /// <summary>A Gaussian process.</summary>
    Gp,
}

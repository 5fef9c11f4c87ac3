#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Options of the Gaussian process sampler.</summary>
public sealed record GaussianProcessOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<GaussianProcessOptions>(
        "gp",
        "Gaussian process with log expected improvement: the fewest trials for up to about a thousand.") with
    {
        Predicts = true,
    };

    [SearchRange(1, 1_000), Description("Trials of the space-filling start; by default twice the parameters, from 6 to 12.")]
    public int? Startup { get; init; }

    // Ignored beyond 32 features.
    [Description("Whether the kernel has a part that adds up one effect for each parameter; it learns sums from few trials.")]
    public bool Additive { get; init; } = true;

    [Description("Whether the range of each number is stretched by a learned law, for losses that change fast at one end of a range.")]
    public bool Warping { get; init; }

    [Description(
        "What running trials are taken for: sampled, the mean improvement over 32 samples of what they may get; or believed to get the "
            + "loss that is predicted.")]
    public PendingResults Pending { get; init; }

    [SearchRange(0, 1_000), Description("Once the model expects nothing more, every how many trials one tests it elsewhere; 0 for never.")]
    public int DoubtEvery { get; init; } = 3;

    /// <summary>See <see cref="Acquisition.TrustRegion"/>: off for every dimension, as it was no better at 12 and 20 numbers; without a
    /// parameter of many ordered values it has no effect.</summary>
    [Description("Whether proposals stay in a box around the best trial that grows with successes and shrinks with failures.")]
    public bool TrustRegion { get; init; }
}

/// <summary>What a model takes the results of running trials for.</summary>
public enum PendingResults
{
    /// <summary>Samples of what they may become.</summary>
    Sampled,

    /// <summary>What the model predicts.</summary>
    Believed,
}

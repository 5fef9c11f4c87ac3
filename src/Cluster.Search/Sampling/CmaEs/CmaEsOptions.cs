#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Options of the sampler <c>cmaes</c>; the defaults were chosen by measurement on problems of 2 to 12
/// parameters with 100 trials.</summary>
public sealed record CmaEsOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<CmaEsOptions>(
        "cmaes",
        "Covariance matrix adaptation evolution strategy: for many cheap trials over numbers.");

    [SearchRange(4, 10_000), Description(
        "Results of a generation; without it 4 + 3 ln n for n numeric parameters, at most a twentieth of the trials and at least 5, and "
            + "one more for each unordered choice.")]
    public int? Population { get; init; }

    // Half of the usual one, because the start is already chosen.
    [SearchRange(0.001, 1), Description("Standard deviation of the first generation, as a share of each range.")]
    public double StepSize { get; init; } = 0.1;

    [SearchRange(1, 100_000), Description(
        "Points of the start-up design before the first generation; without it 4 and two for each parameter, at most a quarter of the "
            + "trials and at least 12.")]
    public int? Startup { get; init; }

    [Description("What happens when a run has converged: none, ipop (twice the population) or bipop (also small runs).")]
    public RestartStrategy Restart { get; init; } = RestartStrategy.Ipop;

    [Description("Adapt the learning rates to noise and many local optima; slower on smooth problems.")]
    public bool AdaptLearningRates { get; init; }

    // With a hundred trials the largest gain of all settings; 0 is the textbook's comma selection.
    [SearchRange(0, 100), Description("Best earlier results that each generation is compared with again, without evaluating them.")]
    public int Elites { get; init; } = 2;

    [SearchRange(0, 1), Description("Learning rate of the probabilities of unordered choices.")]
    public double CategoryRate { get; init; } = 0.5;
}

/// <summary>What CMA-ES does when a run has converged.</summary>
public enum RestartStrategy
{
    /// <summary>It goes on with the same distribution.</summary>
    None,

    /// <summary>It starts elsewhere with twice the population (Auger and Hansen 2005).</summary>
    Ipop,

    /// <summary>It alternates large populations with small ones and small steps, by what each kind has spent (Hansen 2009).</summary>
    Bipop,
}

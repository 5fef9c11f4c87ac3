using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Sampling.Evolution;

/// <summary>Options of the sampler <c>evolution</c>.</summary>
/// <param name="Population">How many of the trials that finished last can become parents. Default 20. At least 2.</param>
/// <param name="Sample">How many of them one tournament draws, with replacement. Default 30. At least 1.</param>
/// <param name="CrossoverRate">Probability that a child mixes two parents. Default 0.4.</param>
/// <param name="Mutations">Expected number of parameters that a mutation changes, at least one is. Default 1.5.</param>
/// <param name="Step">Largest standard deviation of a numeric mutation, as a share of the range. Default 0.4.</param>
/// <remarks>
/// The defaults are for some hundred trials, by measurement on problems of 2 to 12 parameters: such a search cannot afford the thousands of
/// trials of the paper (population 100, sample 25), so the tournament is sharper. The best of twenty takes part in 79 % of thirty draws.
/// </remarks>
public sealed record EvolutionOptions(int Population = 20, int Sample = 30, double CrossoverRate = 0.4, double Mutations = 1.5, double Step = 0.4)
{
    /// <summary>Reads them from a specification.</summary>
    /// <param name="given">The options given.</param>
    /// <returns>The options, with defaults filled in.</returns>
    public static EvolutionOptions Of(ParameterValues given)
    {
        var options = new OptionValues(BuiltinAlgorithms.Evolution, given);
        return new(
            options.Integer("population")!.Value,
            options.Integer("sample")!.Value,
            options.Real("crossoverRate")!.Value,
            options.Real("mutations")!.Value,
            options.Real("step")!.Value);
    }
}

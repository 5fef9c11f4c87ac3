using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Sampling.Evolution;

/// <summary>Options of the sampler <c>evolution</c>.</summary>
/// <param name="Population">How many of the trials that finished last can become parents. Default 20. At least 2.</param>
/// <param name="Sample">How many of them one tournament draws, with replacement. Default 8. At least 1.</param>
/// <param name="CrossoverRate">Probability that a child mixes two parents. Default 0.25.</param>
/// <param name="Mutations">Expected number of parameters that a mutation changes, at least one is. Default 1.5.</param>
/// <param name="Step">Largest standard deviation of a numeric mutation, as a share of the range. Default 0.2.</param>
public sealed record EvolutionOptions(int Population = 20, int Sample = 8, double CrossoverRate = 0.25, double Mutations = 1.5, double Step = 0.2)
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

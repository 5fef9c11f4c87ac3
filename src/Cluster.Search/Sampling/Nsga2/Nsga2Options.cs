using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Sampling.Nsga2;

/// <summary>Options of the sampler <c>nsga2</c>.</summary>
/// <param name="Population">How many trials survive a generation, and how many results complete one. Default 20. At least 4.</param>
/// <param name="CrossoverRate">Probability that a child has two parents. Default 0.9.</param>
/// <param name="CrossoverIndex">η of the simulated binary crossover: the larger, the nearer to its parents. Default 10.</param>
/// <param name="MutationIndex">η of the polynomial mutation: the larger, the smaller its steps. Default 20.</param>
/// <param name="Mutations">Expected number of parameters that a mutation changes. Default 1.</param>
public sealed record Nsga2Options(int Population = 20, double CrossoverRate = 0.9, double CrossoverIndex = 10, double MutationIndex = 20, double Mutations = 1)
{
    /// <summary>Reads them from a specification.</summary>
    /// <param name="given">The options given.</param>
    /// <returns>The options, with defaults filled in.</returns>
    public static Nsga2Options Of(ParameterValues given)
    {
        var options = new OptionValues(BuiltinAlgorithms.Nsga2, given);
        return new(
            options.Integer("population")!.Value,
            options.Real("crossoverRate")!.Value,
            options.Real("crossoverIndex")!.Value,
            options.Real("mutationIndex")!.Value,
            options.Real("mutations")!.Value);
    }
}

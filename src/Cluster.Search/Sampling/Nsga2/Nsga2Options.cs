using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Sampling.Nsga2;

/// <summary>Options of the sampler <c>nsga2</c>.</summary>
/// <param name="Population">How many trials survive a generation, and how many results complete one. Default 12. At least 4.</param>
/// <param name="CrossoverRate">Probability that a child has two parents. Default 0.9.</param>
/// <param name="CrossoverIndex">η of the simulated binary crossover: the larger, the nearer to its parents. Default 10.</param>
/// <param name="MutationIndex">η of the polynomial mutation: the larger, the smaller its steps. Default 8.</param>
/// <param name="Mutations">Expected number of parameters that a mutation changes. Default 1.5.</param>
/// <remarks>
/// The defaults are for some hundred trials, by the hypervolume on ZDT1 and ZDT3: a search of that length has time for ten generations only
/// if they are small, and reaches the front by mutation rather than by crossover. For thousands of trials the paper's population of 100,
/// mutation index 20 and one mutation are the better choice.
/// </remarks>
public sealed record Nsga2Options(int Population = 12, double CrossoverRate = 0.9, double CrossoverIndex = 10, double MutationIndex = 8, double Mutations = 1.5)
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

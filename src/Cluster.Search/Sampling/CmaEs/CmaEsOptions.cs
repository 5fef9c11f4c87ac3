using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Options of the sampler <c>cmaes</c>.</summary>
/// <param name="Population">λ, results of a generation; null for <see cref="CmaEsDefaults.Population"/>.</param>
/// <param name="StepSize">Standard deviation of the first generation, as a share of each range. Default 0.1.</param>
/// <param name="Startup">Uniform draws before the first generation; null for <see cref="CmaEsDefaults.Startup"/>, or as many as a generation has.</param>
/// <param name="Restart">What happens when a run has converged. Default <see cref="RestartStrategy.Ipop"/>.</param>
/// <param name="AdaptsLearningRates">True to adapt the learning rates to noise and multimodality. Default false.</param>
/// <param name="Elites">How many of the best earlier results each generation is compared with again, without evaluating them. Default 2; 0 for the textbook's comma selection.</param>
/// <param name="CategoryRate">Learning rate of the probabilities of categorical parameters. Default 0.5.</param>
public sealed record CmaEsOptions(
    int? Population = null,
    double StepSize = CmaEsDefaults.StepSize,
    int? Startup = null,
    RestartStrategy Restart = RestartStrategy.Ipop,
    bool AdaptsLearningRates = false,
    int Elites = CmaEsDefaults.Elites,
    double CategoryRate = CmaEsDefaults.CategoryRate)
{
    /// <summary>Reads them from a specification.</summary>
    /// <param name="given">The options given.</param>
    /// <returns>The options, with defaults filled in.</returns>
    public static CmaEsOptions Of(ParameterValues given)
    {
        var options = new OptionValues(BuiltinAlgorithms.CmaEs, given);
        return new(
            options.Integer("population"),
            options.Real("stepSize")!.Value,
            options.Integer("startup"),
            Enum.Parse<RestartStrategy>(options.Text("restart")!, ignoreCase: true),
            options.Flag("adaptLearningRates")!.Value,
            options.Integer("elites")!.Value,
            options.Real("categoryRate")!.Value);
    }
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

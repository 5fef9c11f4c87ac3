namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Defaults of the sampler <c>cmaes</c> that depend on the search, chosen by measurement on problems
/// of 2 to 12 parameters with 100 trials.</summary>
public static class CmaEsDefaults
{
    // Fewer draws than this start a run too far from the best basin.
    private const int FewestStartupDraws = 12;

    // Startup draws may take a quarter of the budget.
    private const int StartupShare = 4;

    // Fewer results than this say nothing about a direction.
    private const int SmallestPopulation = 5;

    // Fewer generations than this do not adapt the distribution.
    private const int Generations = 20;

    /// <summary>How many uniform draws come before a run.</summary>
    /// <param name="parameters">Parameters with more than one value.</param>
    /// <param name="trials">Planned trials of the search; null when it is not limited by trials.</param>
    /// <returns>4 and two for each parameter, at most a quarter of the trials, and at least 12.</returns>
    public static int Startup(int parameters, int? trials) =>
        Math.Max(FewestStartupDraws, Math.Min(4 + (2 * parameters), (trials ?? int.MaxValue) / StartupShare));

    /// <summary>The size of a generation.</summary>
    /// <param name="dimensions">Numeric parameters.</param>
    /// <param name="categories">Categorical parameters.</param>
    /// <param name="trials">Planned trials of the search; null when it is not limited by trials.</param>
    /// <returns>
    /// 4 + ⌊3 ln n⌋ as in Hansen 2016, but not more than leaves twenty generations, and at least 5; and one more for each categorical
    /// parameter, because its values are compared within a generation only.
    /// </returns>
    public static int Population(int dimensions, int categories, int? trials)
    {
        var standard = 4 + (int)Math.Floor(3 * Math.Log(Math.Max(1, dimensions)));
        return categories + Math.Max(SmallestPopulation, Math.Min(standard, (trials ?? int.MaxValue) / Generations));
    }
}

using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Wording;

/// <summary>What the other seeds of a trial's configuration say of it, in a search with <c>repeats</c>.</summary>
public static class SeedText
{
    /// <summary>Of the best trial of a configuration: <c>best of 4 seeds; mean 0.4444</c>.</summary>
    /// <param name="trial">One of a search with <c>repeats</c>; of others there is nothing to say.</param>
    /// <returns>Null where each configuration is evaluated once.</returns>
    public static string? OfBest(TrialView trial) => Of(trial, "best");

    /// <summary>Of any of its trials: <c>one of 4 seeds; mean 0.4444</c>.</summary>
    /// <param name="trial">One of a search with <c>repeats</c>; of others there is nothing to say.</param>
    /// <returns>Null where each configuration is evaluated once.</returns>
    public static string? OfOne(TrialView trial) => Of(trial, "one");

    private static string? Of(TrialView trial, string which) => trial.Configuration switch
    {
        null => null,
        { IsComplete: true } all => $"{which} of {Format.Count(all.Repeats, "seed")}; mean {Format.Number(all.Mean)}",
        { Evaluations: 1 } single => $"only one of {Format.Count(single.Repeats, "seed")} has a result",
        var some => $"{which} of {some.Evaluations} seeds, where {some.Repeats} are asked for; mean {Format.Number(some.Mean)}",
    };
}

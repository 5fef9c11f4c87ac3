using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Scheduling.Hyperband;

/// <summary>Successive halving in several brackets side by side: the first compares many trials early, the last
/// lets few train to their end.</summary>
/// <remarks>
/// Bracket b has its first rung at min × η^b. Trials are dealt to the brackets by their numbers, in the proportions of the paper
/// (<see cref="BracketDeal"/>), and each bracket is asynchronous. Source: Li et al., "Hyperband: A Novel
/// Bandit-Based Approach to Hyperparameter Optimization", JMLR 18, 2018, Algorithm 1; asynchronous brackets as
/// in Li et al., MLSys 2020, section 3. Differs: brackets run at the same time rather than one after the other, because a search with many
/// workers would wait at the end of each.
/// </remarks>
public sealed class HyperbandScheduler : SuccessiveHalving
{
    /// <summary>Makes the scheduler of a search.</summary>
    public HyperbandScheduler(SearchSpec spec, HyperbandOptions options)
        : this(spec, options.Halving, Brackets(options.Halving.Levels, options.Brackets))
    {
    }

    // The paper's s_max, how many rungs fit between min and max, is that of all brackets, wanted or not.
    private HyperbandScheduler(SearchSpec spec, HalvingOptions options, ImmutableArray<ImmutableArray<int>> brackets)
        : base(
            HyperbandOptions.Descriptor.Name,
            spec,
            options,
            brackets,
            new BracketDeal(brackets.Length, options.Levels.Length, options.Reduction).Of)
    {
    }

    private static ImmutableArray<ImmutableArray<int>> Brackets(ImmutableArray<int> levels, int wanted)
    {
        var count = wanted == 0 ? levels.Length + 1 : Math.Min(wanted, levels.Length + 1);
        return [.. Enumerable.Range(0, count).Select(skipped => levels[skipped..])];
    }
}

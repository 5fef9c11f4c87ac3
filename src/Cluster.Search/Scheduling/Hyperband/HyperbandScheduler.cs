using SearchCluster.Contracts.Algorithms;
using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Scheduling.Hyperband;

/// <summary>Successive halving in several brackets side by side: the first compares many trials early, the last lets few train to their end.</summary>
/// <remarks>
/// Bracket b has its first rung at min × η^b. Trials are dealt to the brackets by their numbers, in the proportions of the paper
/// (<see cref="BracketDeal"/>), and each bracket is asynchronous. Source: Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter
/// Optimization", JMLR 18, 2018, Algorithm 1; asynchronous brackets as in Li et al., MLSys 2020, section 3.
/// Differs: brackets run at the same time rather than one after the other, because a search with many workers would wait at the end of each.
/// </remarks>
public sealed class HyperbandScheduler : SuccessiveHalving
{
    /// <summary>Makes the scheduler of a search.</summary>
    /// <param name="spec">A specification whose scheduler is <c>hyperband</c>.</param>
    public HyperbandScheduler(SearchSpec spec)
        : this(spec, HalvingOptions.Read(BuiltinSchedulers.Hyperband, spec), Brackets(spec))
    {
    }

    private HyperbandScheduler(SearchSpec spec, HalvingOptions options, int brackets)
        : this(spec, options, Levels(options, brackets))
    {
    }

    private HyperbandScheduler(SearchSpec spec, HalvingOptions options, ImmutableArray<ImmutableArray<int>> levels)
        : base("hyperband", spec, options, levels, new BracketDeal(levels.Length, MostAggressive(options), options.Reduction).Of)
    {
    }

    private static int Brackets(SearchSpec spec) => new OptionValues(BuiltinSchedulers.Hyperband, spec.Scheduler!.Options).Integer("brackets")!.Value;

    // The paper's s_max: how many rungs fit between min and max.
    private static int MostAggressive(HalvingOptions options) => RungLevels.Of(options.Min, options.Max, options.Reduction).Length;

    private static ImmutableArray<ImmutableArray<int>> Levels(HalvingOptions options, int brackets)
    {
        var all = RungLevels.Of(options.Min, options.Max, options.Reduction);
        var count = brackets == 0 ? all.Length + 1 : Math.Min(brackets, all.Length + 1);
        return [.. Enumerable.Range(0, count).Select(skipped => all[skipped..])];
    }
}

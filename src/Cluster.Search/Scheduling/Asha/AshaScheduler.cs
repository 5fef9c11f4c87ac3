using SearchCluster.Contracts.Algorithms;
using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Scheduling.Asha;

/// <summary>Asynchronous successive halving in one bracket: rungs at min × η^k below max.</summary>
/// <remarks>Source: Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020, arXiv:1810.05934, Algorithm 2.</remarks>
public sealed class AshaScheduler : SuccessiveHalving
{
    /// <summary>Makes the scheduler of a search.</summary>
    /// <param name="spec">A specification whose scheduler is <c>asha</c>.</param>
    public AshaScheduler(SearchSpec spec)
        : this(spec, HalvingOptions.Read(BuiltinSchedulers.Asha, spec))
    {
    }

    private AshaScheduler(SearchSpec spec, HalvingOptions options)
        : base("asha", spec, options, [RungLevels.Of(options.Min, options.Max, options.Reduction)], _ => 0)
    {
    }
}

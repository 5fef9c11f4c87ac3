using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Scheduling.Asha;

/// <summary>Asynchronous successive halving in one bracket: rungs at min × η^k below max.</summary>
/// <remarks>Source: Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020,
/// arXiv:1810.05934, Algorithm 2.</remarks>
public sealed class AshaScheduler : SuccessiveHalving
{
    /// <summary>Makes the scheduler of a search.</summary>
    public AshaScheduler(SearchSpec spec, AshaOptions options)
        : base(AshaOptions.Descriptor.Name, spec, options.Halving, [options.Halving.Levels], _ => 0)
    {
    }
}

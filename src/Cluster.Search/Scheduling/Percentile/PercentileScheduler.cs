using SearchCluster.Contracts.Algorithms;
using SearchCluster.Search.Scheduling.Curves;

namespace SearchCluster.Search.Scheduling.Percentile;

/// <summary>Stops a trial when its best value so far is not among the best share of what other trials had reached at the same resource level.</summary>
/// <remarks>Source: the percentile pruner of Akiba et al., "Optuna: A Next-generation Hyperparameter Optimization Framework", KDD 2019, compared by best values so far.</remarks>
public sealed class PercentileScheduler : QuantileStopping
{
    /// <summary>Makes the scheduler of a search.</summary>
    /// <param name="spec">A specification whose scheduler is <c>percentile</c>.</param>
    public PercentileScheduler(SearchSpec spec)
        : this(new OptionValues(BuiltinSchedulers.Percentile, spec.Scheduler!.Options))
    {
    }

    private PercentileScheduler(OptionValues options)
        : base(BuiltinSchedulers.Percentile, options, options.Real("percentile")!.Value, averages: false, LossText.Format($"percentile {options.Real("percentile")} of the best values"))
    {
    }
}

using System.Globalization;
using SearchCluster.Search.Scheduling.Curves;

namespace SearchCluster.Search.Scheduling.Percentile;

/// <summary>Stops a trial when its best value so far is not among the best share of what other trials had
/// reached at the same resource level.</summary>
/// <remarks>Source: the percentile pruner of Akiba et al., "Optuna: A Next-generation Hyperparameter Optimization Framework", KDD 2019,
/// compared by best values so far.</remarks>
public sealed class PercentileScheduler : QuantileStopping
{
    /// <summary>Makes the scheduler of a search.</summary>
    public PercentileScheduler(PercentileOptions options)
        : base(
            PercentileOptions.Descriptor.Name,
            options.Comparison,
            options.Percentile,
            averages: false,
            string.Create(CultureInfo.InvariantCulture, $"percentile {options.Percentile} of the best values"))
    {
    }
}

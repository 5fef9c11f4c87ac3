using SearchCluster.Search.Scheduling.Curves;

namespace SearchCluster.Search.Scheduling.Median;

/// <summary>The median stopping rule: a trial stops when its best value so far is worse than the median of the other trials' running
/// averages up to the same resource level.</summary>
/// <remarks>
/// Source: Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD 2017, section 3.2.2. Differs: only trials that
/// reached the level count, stopped ones included, because the average of a shorter curve is not comparable with the value of a longer one.
/// </remarks>
public sealed class MedianScheduler : QuantileStopping
{
    private const double Half = 50;

    /// <summary>Makes the scheduler of a search.</summary>
    public MedianScheduler(MedianOptions options)
        : base(MedianOptions.Descriptor.Name, options.Comparison, Half, averages: true, "the median of running averages")
    {
    }
}

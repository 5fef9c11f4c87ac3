using SearchCluster.Search.Scheduling.Asha;
using SearchCluster.Search.Scheduling.Hyperband;
using SearchCluster.Search.Scheduling.Median;
using SearchCluster.Search.Scheduling.Patience;
using SearchCluster.Search.Scheduling.Percentile;
using SearchCluster.Search.Scheduling.PopulationBased;
using SearchCluster.Search.Scheduling.Threshold;
using SearchCluster.Search.Scheduling.Wilcoxon;

namespace SearchCluster.Search.Scheduling;

/// <summary>The schedulers that a specification can name.</summary>
public static class TrialSchedulerCatalog
{
    private static readonly ImmutableSortedDictionary<string, Func<SearchSpec, ITrialScheduler>> Factories =
        new Dictionary<string, Func<SearchSpec, ITrialScheduler>>
        {
            ["none"] = _ => new NoScheduler(),
            ["asha"] = spec => new AshaScheduler(spec),
            ["hyperband"] = spec => new HyperbandScheduler(spec),
            ["median"] = spec => new MedianScheduler(spec),
            ["patience"] = spec => new PatienceScheduler(spec),
            ["pbt"] = spec => new PopulationScheduler(spec),
            ["percentile"] = spec => new PercentileScheduler(spec),
            ["threshold"] = spec => new ThresholdScheduler(spec),
            ["wilcoxon"] = spec => new WilcoxonScheduler(spec),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Factories.Keys];

    /// <summary>Makes the scheduler of a search; that of a reproducible one decides in rounds.</summary>
    /// <param name="spec">The specification; without a scheduler section it is <c>none</c>.</param>
    /// <returns>The scheduler.</returns>
    /// <exception cref="ArgumentException">The specification names a scheduler that does not exist.</exception>
    public static ITrialScheduler Create(SearchSpec spec)
    {
        var name = spec.Scheduler?.Type ?? "none";
        return Factories.TryGetValue(name, out var factory)
            ? spec.Reproducible is null ? factory(spec) : new RoundScheduler(() => factory(spec))
            : throw new ArgumentException($"Scheduler \"{name}\" does not exist; use one of {string.Join(", ", Names)}.", nameof(spec));
    }
}

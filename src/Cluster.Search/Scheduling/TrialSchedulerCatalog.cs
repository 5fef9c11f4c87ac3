using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;
using SearchCluster.Search.Scheduling.Asha;
using SearchCluster.Search.Scheduling.Bandit;
using SearchCluster.Search.Scheduling.Hyperband;
using SearchCluster.Search.Scheduling.Median;
using SearchCluster.Search.Scheduling.Patience;
using SearchCluster.Search.Scheduling.Percentile;
using SearchCluster.Search.Scheduling.PopulationBased;
using SearchCluster.Search.Scheduling.Threshold;
using SearchCluster.Search.Scheduling.Wilcoxon;

namespace SearchCluster.Search.Scheduling;

/// <summary>The schedulers that a specification can name: a line for each, in the order of the documentation.</summary>
public static class TrialSchedulerCatalog
{
    private static readonly Catalog<ITrialScheduler> All = new(
        "Scheduler",
        new(NoScheduler.Descriptor, _ => new NoScheduler()),
        Entry<MedianOptions>((_, options) => new MedianScheduler(options)),
        Entry<PercentileOptions>((_, options) => new PercentileScheduler(options)),
        Entry<BanditOptions>((_, options) => new BanditScheduler(options)),
        Entry<AshaOptions>((spec, options) => new AshaScheduler(spec, options)),
        Entry<HyperbandOptions>((spec, options) => new HyperbandScheduler(spec, options)),
        Entry<PopulationOptions>((spec, options) => new PopulationScheduler(spec.Space, options)),
        Entry<PatienceOptions>((_, options) => new PatienceScheduler(options)),
        Entry<ThresholdOptions>((_, options) => new ThresholdScheduler(options)),
        Entry<WilcoxonOptions>((_, options) => new WilcoxonScheduler(options)));

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names => All.Names;

    /// <summary>What each scheduler is called and which options it reads, in the order of the documentation.</summary>
    public static ValueArray<AlgorithmDescriptor> Descriptors => All.Descriptors;

    /// <summary>Makes the scheduler of a search; that of a reproducible one decides in rounds.</summary>
    /// <param name="spec">The specification; without a scheduler section it is <c>none</c>.</param>
    /// <exception cref="ArgumentException">The specification names a scheduler that does not exist.</exception>
    /// <exception cref="ConfigurationException">An option that the scheduler needs is missing.</exception>
    public static ITrialScheduler Create(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Reproducible is null ? CreateBare(spec) : new RoundScheduler(() => CreateBare(spec));
    }

    private static ITrialScheduler CreateBare(SearchSpec spec) => All.Create(spec.Scheduler?.Type ?? NoScheduler.Descriptor.Name, spec);

    private static CatalogEntry<ITrialScheduler> Entry<TOptions>(Func<SearchSpec, TOptions, ITrialScheduler> create)
        where TOptions : class, IAlgorithmOptions, new() =>
        new(TOptions.Descriptor, spec => create(spec, SearchConfiguration<TOptions>.Read(spec.Scheduler!.Options)));
}

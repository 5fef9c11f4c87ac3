using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;
using SearchCluster.Search.Sampling.Auto;
using SearchCluster.Search.Sampling.Bohb;
using SearchCluster.Search.Sampling.CmaEs;
using SearchCluster.Search.Sampling.CoarseToFine;
using SearchCluster.Search.Sampling.Composition;
using SearchCluster.Search.Sampling.DifferentialEvolution;
using SearchCluster.Search.Sampling.Evolution;
using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.Grid;
using SearchCluster.Search.Sampling.Nsga2;
using SearchCluster.Search.Sampling.QuasiRandom;
using SearchCluster.Search.Sampling.Random;
using SearchCluster.Search.Sampling.Tpe;

namespace SearchCluster.Search.Sampling;

/// <summary>The samplers that a specification can name: a line for each, in the order of the documentation.</summary>
public static class SamplerCatalog
{
    private static readonly Catalog<ISampler> All = new(
        "Algorithm",
        new(AutoSampler.Descriptor, CreateAuto),
        Entry<GridOptions>((spec, options) => new GridSampler(spec.Space, options, spec.Enqueue?.Count ?? 0)),
        new(RandomSampler.Descriptor, spec => new RandomSampler(spec.Space)),
        new(QuasiRandomSampler.SobolDescriptor, QuasiRandomSampler.Sobol),
        new(QuasiRandomSampler.HaltonDescriptor, QuasiRandomSampler.Halton),
        new(QuasiRandomSampler.LatinHypercubeDescriptor, QuasiRandomSampler.LatinHypercube),
        Entry<TpeOptions>((spec, options) => new TpeSampler(spec, options)),
        Entry<GaussianProcessOptions>((spec, options) => new GaussianProcessSampler(spec.Space, options)),
        Entry<CmaEsOptions>((spec, options) => new CmaEsSampler(spec.Space, options, spec.Budget.Trials)),
        Entry<EvolutionOptions>((spec, options) => new EvolutionSampler(spec.Space, options)),
        Entry<DifferentialEvolutionOptions>((spec, options) => new DifferentialEvolutionSampler(spec.Space, options)),
        Entry<Nsga2Options>((spec, options) => new Nsga2Sampler(spec.Space, options)),
        Entry<BohbOptions>((spec, options) => new BohbSampler(spec, options)),
        new(CoarseToFineSampler.Descriptor, spec => new CoarseToFineSampler(spec, CreateBare)));

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names => All.Names;

    /// <summary>What each sampler is called and which options it reads, in the order of the documentation.</summary>
    public static ValueArray<AlgorithmDescriptor> Descriptors => All.Descriptors;

    /// <summary>
    /// Makes the sampler of a search: it serves the enqueued configurations first, tries none twice, and
    /// repeats each where asked; that of a reproducible search sees the rounds before its own.
    /// </summary>
    /// <param name="spec">The specification.</param>
    /// <exception cref="ArgumentException">The specification names a sampler that does not exist.</exception>
    public static ISampler Create(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var sampler = CreateBare(spec);
        sampler = spec.Enqueue is { Count: > 0 } enqueue ? new EnqueueSampler(sampler, spec.Space, enqueue) : sampler;

        // A grid has no equal points and leaves out the enqueued ones.
        sampler = sampler.Name == GridOptions.Descriptor.Name ? sampler : new DistinctSampler(sampler, spec.Space);
        sampler = new PendingSampler(spec.Repeats is { } repeats and > 1 ? new RepeatSampler(sampler, repeats) : sampler);
        return spec.Reproducible is null ? sampler : new RoundSampler(sampler);
    }

    /// <summary>Tells whether results change what the sampler of a search suggests.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>True when they do.</returns>
    public static bool LearnsFromTrials(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var name = AutoRules.NameOf(spec);
        return Descriptors.Any(sampler => sampler.Name == name && sampler.LearnsFromTrials);
    }

    /// <summary>Makes a sampler alone: nothing enqueued, repeated or kept from being tried twice.</summary>
    /// <param name="spec">The specification.</param>
    internal static ISampler CreateBare(SearchSpec spec) => All.Create(spec.Algorithm.Type, spec);

    private static AutoSampler CreateAuto(SearchSpec spec)
    {
        var choice = AutoRules.Choose(spec);
        return new AutoSampler(CreateBare(spec with { Algorithm = new AlgorithmSpec(choice.Algorithm, ParameterValues.Empty) }), choice);
    }

    private static CatalogEntry<ISampler> Entry<TOptions>(Func<SearchSpec, TOptions, ISampler> create)
        where TOptions : class, IAlgorithmOptions, new() =>
        new(TOptions.Descriptor, spec => create(spec, SearchConfiguration<TOptions>.Read(spec.Algorithm.Options)));
}

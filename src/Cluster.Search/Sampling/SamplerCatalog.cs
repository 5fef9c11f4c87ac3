using SearchCluster.Contracts.Algorithms;
using SearchCluster.Search.Sampling.Bohb;
using SearchCluster.Search.Sampling.CmaEs;
using SearchCluster.Search.Sampling.CoarseToFine;
using SearchCluster.Search.Sampling.Composition;
using SearchCluster.Search.Sampling.Evolution;
using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.Grid;
using SearchCluster.Search.Sampling.Nsga2;
using SearchCluster.Search.Sampling.QuasiRandom;
using SearchCluster.Search.Sampling.Random;
using SearchCluster.Search.Sampling.Tpe;

namespace SearchCluster.Search.Sampling;

/// <summary>The samplers that a specification can name.</summary>
public static class SamplerCatalog
{
    private static readonly ImmutableSortedDictionary<string, Func<SearchSpec, ISampler>> Factories =
        new Dictionary<string, Func<SearchSpec, ISampler>>
        {
            ["auto"] = CreateAuto,
            ["coarse-to-fine"] = spec => new CoarseToFineSampler(spec, CreateBare),
            ["gp"] = spec => new GaussianProcessSampler(spec.Space, GaussianProcessOptions.Of(spec.Algorithm.Options)),
            ["bohb"] = spec => new BohbSampler(spec),
            ["grid"] = spec => new GridSampler(spec.Space, spec.Enqueue?.Count ?? 0),
            ["halton"] = QuasiRandomSampler.Halton,
            ["lhs"] = QuasiRandomSampler.LatinHypercube,
            ["cmaes"] = spec => new CmaEsSampler(spec.Space, CmaEsOptions.Of(spec.Algorithm.Options), spec.Budget.Trials),
            ["evolution"] = spec => new EvolutionSampler(spec.Space, EvolutionOptions.Of(spec.Algorithm.Options)),
            ["nsga2"] = spec => new Nsga2Sampler(spec.Space, Nsga2Options.Of(spec.Algorithm.Options)),
            ["random"] = spec => new RandomSampler(spec.Space),
            ["sobol"] = QuasiRandomSampler.Sobol,
            ["tpe"] = spec => new TpeSampler(spec),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Factories.Keys];

    /// <summary>Makes the sampler of a search: it serves the enqueued configurations first, tries none twice, and repeats each where asked; that of a reproducible search sees the rounds before its own.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentException">The specification names a sampler that does not exist.</exception>
    public static ISampler Create(SearchSpec spec)
    {
        var sampler = CreateBare(spec);
        sampler = spec.Enqueue is { Count: > 0 } enqueue ? new EnqueueSampler(sampler, spec.Space, enqueue) : sampler;

        // A grid has no equal points; an enqueued one that lies on it is asked for twice.
        sampler = sampler.Name == "grid" ? sampler : new DistinctSampler(sampler, spec.Space);
        sampler = spec.Repeats is { } repeats and > 1 ? new RepeatSampler(sampler, repeats) : sampler;
        return spec.Reproducible is null ? sampler : new RoundSampler(sampler);
    }

    /// <summary>Makes a sampler alone: nothing enqueued, repeated or kept from being tried twice.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>The sampler.</returns>
    internal static ISampler CreateBare(SearchSpec spec) => Factories.TryGetValue(spec.Algorithm.Type, out var factory)
        ? factory(spec)
        : throw new ArgumentException($"Algorithm \"{spec.Algorithm.Type}\" does not exist; use one of {string.Join(", ", Names)}.", nameof(spec));

    private static AutoSampler CreateAuto(SearchSpec spec)
    {
        var choice = AutoRules.Choose(spec);
        return new AutoSampler(CreateBare(spec with { Algorithm = new AlgorithmSpec(choice.Algorithm, ParameterValues.Empty) }), choice);
    }
}

using SearchCluster.Search.Sampling.CmaEs;
using SearchCluster.Search.Sampling.Evolution;
using SearchCluster.Search.Sampling.Grid;
using SearchCluster.Search.Sampling.Nsga2;
using SearchCluster.Search.Sampling.Random;

namespace SearchCluster.Search.Sampling;

/// <summary>The samplers that a specification can name.</summary>
public static class SamplerCatalog
{
    private static readonly ImmutableSortedDictionary<string, Func<SearchSpec, ISampler>> Factories =
        new Dictionary<string, Func<SearchSpec, ISampler>>
        {
            ["cmaes"] = spec => new CmaEsSampler(spec.Space, CmaEsOptions.Of(spec.Algorithm.Options), spec.Budget.Trials),
            ["evolution"] = spec => new EvolutionSampler(spec.Space, EvolutionOptions.Of(spec.Algorithm.Options)),
            ["grid"] = spec => new GridSampler(spec.Space, spec.Enqueue?.Count ?? 0),
            ["nsga2"] = spec => new Nsga2Sampler(spec.Space, Nsga2Options.Of(spec.Algorithm.Options)),
            ["random"] = spec => new RandomSampler(spec.Space),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Factories.Keys];

    /// <summary>Makes the sampler of a search; it serves the enqueued configurations first.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentException">The specification names a sampler that does not exist.</exception>
    public static ISampler Create(SearchSpec spec)
    {
        var inner = Factories.TryGetValue(spec.Algorithm.Type, out var factory)
            ? factory(spec)
            : throw new ArgumentException($"Algorithm \"{spec.Algorithm.Type}\" does not exist; use one of {string.Join(", ", Names)}.", nameof(spec));
        return spec.Enqueue is { Count: > 0 } enqueue ? new EnqueueSampler(inner, spec.Space, enqueue) : inner;
    }
}

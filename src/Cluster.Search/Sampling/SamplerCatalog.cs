using SearchCluster.Search.Sampling.Bohb;
using SearchCluster.Search.Sampling.Grid;
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
            ["bohb"] = spec => new BohbSampler(spec),
            ["grid"] = spec => new GridSampler(spec.Space, spec.Enqueue?.Count ?? 0),
            ["halton"] = QuasiRandomSampler.Halton,
            ["lhs"] = QuasiRandomSampler.LatinHypercube,
            ["random"] = spec => new RandomSampler(spec.Space),
            ["sobol"] = QuasiRandomSampler.Sobol,
            ["tpe"] = spec => new TpeSampler(spec),
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

using SearchCluster.Search.Sampling.Models;

namespace SearchCluster.Search.Sampling.Tpe;

/// <summary>The good points and the others, with their weights.</summary>
/// <remarks>
/// The best γ n of n points are good, at least one, at most <see cref="TpeOptions.MaximumGood"/>, and none that failed. Good points weigh
/// by the logarithm of their rank, as the recombination weights of CMA-ES: the best count most, and no scale of the losses matters. Failed
/// and pending points are among the others, the latter because a place that is being tried needs no second trial (the "constant liar"
/// with the worst value). Of more than <see cref="MaximumOther"/> others, as many are kept at even distances in the ranking, so that the
/// cost of a suggestion does not grow. Differs: Bergstra et al. 2011 let old trials fade instead.
/// </remarks>
internal sealed class GoodAndOther(TpeOptions options)
{
    public const int MaximumOther = 500;
    private const double LeastWeight = 1e-3;

    /// <summary>The good points.</summary>
    public List<double[]> Good { get; } = [];

    /// <summary>Their weights, one on average.</summary>
    public List<double> GoodWeights { get; } = [];

    /// <summary>The other points; each weighs one.</summary>
    public List<double[]> Other { get; } = [];

    /// <summary>Divides points.</summary>
    public void Split(RankedPoints ranked, IReadOnlyList<double[]> pending)
    {
        Good.Clear();
        GoodWeights.Clear();
        Other.Clear();
        var count = Math.Clamp((int)Math.Ceiling(options.Gamma * ranked.Count), 1, Math.Min(options.MaximumGood, ranked.FiniteCount));
        for (var rank = 0; rank < count; rank++)
        {
            Good.Add(ranked.Point(rank));
            GoodWeights.Add(Math.Log((count + 0.5) / (rank + 1)));
        }

        var total = GoodWeights.Sum();
        for (var rank = 0; rank < count; rank++)
        {
            GoodWeights[rank] = Math.Max(GoodWeights[rank] * count / total, LeastWeight);
        }

        var others = ranked.Count - count;
        var kept = Math.Min(others, MaximumOther);
        for (var i = 0; i < kept; i++)
        {
            Other.Add(ranked.Point(count + (int)((long)i * others / kept)));
        }

        Other.AddRange(pending);
    }
}

namespace SearchCluster.Search.Sampling.Models;

/// <summary>A model over the unit cube that proposes where to look next.</summary>
internal interface IPointModel
{
    /// <summary>Learns from points and proposes a new one.</summary>
    /// <param name="ranked">The points of known loss, at least one of them finite.</param>
    /// <param name="pending">Points whose loss is not known yet.</param>
    /// <param name="stream">Random numbers of the trial.</param>
    /// <param name="taken">Points that must not be proposed again.</param>
    /// <returns>A proposal; null when nothing that was considered is allowed and new.</returns>
    PointProposal? Propose(RankedPoints ranked, IReadOnlyList<double[]> pending, RandomStream stream, TakenPoints taken);
}

/// <summary>A point that a model proposes.</summary>
/// <param name="Point">One coordinate for each parameter; NaN for inactive ones.</param>
/// <param name="Explanation">Why, as a part of a sentence for people.</param>
internal sealed record PointProposal(double[] Point, string Explanation);

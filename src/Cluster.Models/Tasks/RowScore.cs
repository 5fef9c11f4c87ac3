namespace SearchCluster.Models.Tasks;

/// <summary>A metric that is a mean over rows, row by row, so that the difference between two models can be resampled.</summary>
/// <param name="Metric">Its name, without a part.</param>
/// <param name="Direction">Which end is better.</param>
/// <param name="Rows">The score of each row; the metric of a part is their mean.</param>
/// <param name="Weights">Weight of each row in the mean, not all 0; null for equal ones.</param>
public sealed record RowScore(string Metric, Direction Direction, IReadOnlyList<double> Rows, IReadOnlyList<double>? Weights = null)
{
    /// <summary>The mean.</summary>
    public double Mean => Weights is null ? Rows.Average() : Rows.Zip(Weights, (row, weight) => row * weight).Sum() / Weights.Sum();

    /// <summary>A metric of the product.</summary>
    /// <param name="metric">Its name in <see cref="Contracts.Metrics.MetricCatalog"/>.</param>
    /// <param name="rows">Its score for each row.</param>
    /// <param name="weights">Weight of each row.</param>
    /// <returns>The score, with the metric's own direction.</returns>
    internal static RowScore Of(string metric, double[] rows, double[]? weights = null) =>
        new(metric, ScoreDefinition.Of(metric).Direction, rows, weights);

    /// <summary>Puts the scores of batches behind each other.</summary>
    /// <param name="batches">Scores of each batch, in the same order.</param>
    internal static RowScore[] Concat(IReadOnlyList<IReadOnlyList<RowScore>> batches) => batches.Count == 0 ? [] :
    [
        .. Enumerable.Range(0, batches[0].Count).Select(i => batches[0][i] with
        {
            Rows = [.. batches.SelectMany(batch => batch[i].Rows)],
            Weights = batches[0][i].Weights is null ? null : [.. batches.SelectMany(batch => batch[i].Weights!)],
        }),
    ];
}

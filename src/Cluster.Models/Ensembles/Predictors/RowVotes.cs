using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>The mean prediction of each row by the members that did not learn from it.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="cells">Predictions for each row: its pixels for masks, 1 otherwise.</param>
/// <param name="outputs">Outputs of a prediction.</param>
internal sealed class RowVotes(int rows, int cells, int outputs)
{
    private readonly double[,] _sums = new double[rows * cells, outputs];
    private readonly int[] _counts = new int[rows];

    /// <summary>Adds a member.</summary>
    /// <param name="predictions">Of all rows, shape [rows × cells, outputs].</param>
    /// <param name="counts">True for the rows that it did not learn from.</param>
    public void Add(double[,] predictions, Func<int, bool> counts)
    {
        for (var row = 0; row < rows; row++)
        {
            if (!counts(row))
            {
                continue;
            }

            _counts[row]++;
            for (var i = row * cells; i < (row + 1) * cells; i++)
            {
                for (var k = 0; k < outputs; k++)
                {
                    _sums[i, k] += predictions[i, k];
                }
            }
        }
    }

    /// <summary>Scores the rows that have a prediction.</summary>
    /// <param name="part">Name before the slash.</param>
    /// <param name="setup">The ensemble.</param>
    /// <param name="all">All rows.</param>
    public ValueMap<double> Score(string part, EnsembleSetup setup, DataPart all)
    {
        long[] known = [.. Enumerable.Range(0, rows).Where(row => _counts[row] > 0).Select(row => (long)row)];
        if (known.Length == 0)
        {
            return ValueMap<double>.Empty;
        }

        var scores = JointScores.Of(setup).Of(known.Length, (start, count) => Means(known.AsSpan(start, count)), new StoredRows(all, setup.Device, known).Read);
        return new(scores.Metrics.Select(score => KeyValuePair.Create($"{part}/{score.Key}", score.Value)));
    }

    private double[,] Means(ReadOnlySpan<long> numbers)
    {
        var means = new double[numbers.Length * cells, outputs];
        for (var i = 0; i < means.GetLength(0); i++)
        {
            var row = (int)numbers[i / cells];
            for (var k = 0; k < outputs; k++)
            {
                means[i, k] = _sums[(row * cells) + (i % cells), k] / _counts[row];
            }
        }

        return means;
    }
}

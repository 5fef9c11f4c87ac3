using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>What the members that did not learn from a row say of it together, combined as the ensemble combines them.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="cells">Predictions for each row: its pixels for masks, 1 otherwise.</param>
/// <param name="outputs">Outputs of a prediction.</param>
/// <param name="combine">How they are combined, each with the same weight.</param>
internal sealed class RowVotes(int rows, int cells, int outputs, EnsembleCombination combine)
{
    private readonly double[,] _sums = new double[rows * cells, outputs];
    private readonly int[,] _votes = new int[rows * cells, outputs];
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
                _votes[i, Voting.BestClass(predictions, i)]++;
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

        var scores = JointScores.Of(setup)
            .Of(known.Length, (start, count) => Combined(known.AsSpan(start, count)), new StoredRows(all, setup.Device, known).Read);
        return new(scores.Metrics.Select(score => KeyValuePair.Create($"{part}/{score.Key}", score.Value)));
    }

    private double[,] Combined(ReadOnlySpan<long> numbers)
    {
        var combined = new double[numbers.Length * cells, outputs];
        for (var i = 0; i < combined.GetLength(0); i++)
        {
            var row = (int)numbers[i / cells];
            var (cell, members) = ((row * cells) + (i % cells), _counts[row]);
            for (var k = 0; k < outputs; k++)
            {
                var mean = _sums[cell, k] / members;
                combined[i, k] = combine == EnsembleCombination.Vote ? Voting.OfVotes(_votes[cell, k], mean, members) : mean;
            }
        }

        return combined;
    }
}

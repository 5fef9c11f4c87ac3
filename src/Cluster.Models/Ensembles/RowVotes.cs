namespace SearchCluster.Models.Ensembles;

/// <summary>The mean prediction of each row by the members that did not learn from it.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="outputs">Outputs of a row.</param>
internal sealed class RowVotes(int rows, int outputs)
{
    private readonly double[,] _sums = new double[rows, outputs];
    private readonly int[] _counts = new int[rows];

    /// <summary>Adds a member.</summary>
    /// <param name="predictions">Of all rows.</param>
    /// <param name="counts">True for the rows that it did not learn from.</param>
    public void Add(float[,] predictions, Func<int, bool> counts)
    {
        for (var row = 0; row < rows; row++)
        {
            if (!counts(row))
            {
                continue;
            }

            _counts[row]++;
            for (var k = 0; k < outputs; k++)
            {
                _sums[row, k] += predictions[row, k];
            }
        }
    }

    /// <summary>Scores the rows that have a prediction.</summary>
    /// <param name="part">Name before the slash.</param>
    /// <param name="answers">Of all rows.</param>
    /// <param name="width">Outputs of a row.</param>
    public ValueMap<double> Score(string part, Answers answers, int width)
    {
        int[] known = [.. Enumerable.Range(0, rows).Where(row => _counts[row] > 0)];
        if (known.Length == 0)
        {
            return ValueMap<double>.Empty;
        }

        var means = new float[known.Length, outputs];
        for (var i = 0; i < known.Length; i++)
        {
            for (var k = 0; k < outputs; k++)
            {
                means[i, k] = (float)(_sums[known[i], k] / _counts[known[i]]);
            }
        }

        return new(answers.Take(known, width).Score(means).Select(score => KeyValuePair.Create($"{part}/{score.Name}", score.Mean)));
    }
}

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Columns of numbers, shifted and scaled.</summary>
/// <param name="Columns">Names, in order.</param>
/// <param name="Mean">Mean of each column over the training part.</param>
/// <param name="Deviation">Standard deviation of each column; 1 for a constant one.</param>
public sealed record TablePreprocessing(ValueArray<string> Columns, ValueArray<float> Mean, ValueArray<float> Deviation) : InputPreprocessing
{
    /// <summary>Fits in double precision with two passes, so that a large mean costs no digits of the deviation.</summary>
    /// <param name="columns">Names.</param>
    /// <param name="features">Row-major, rows × columns.</param>
    /// <param name="rows">Numbers of the training rows.</param>
    internal static TablePreprocessing Fit(ValueArray<string> columns, float[] features, IReadOnlyCollection<int> rows)
    {
        var (mean, square) = (new double[columns.Count], new double[columns.Count]);
        foreach (var row in rows)
        {
            for (var column = 0; column < mean.Length; column++)
            {
                mean[column] += (double)features[(row * mean.Length) + column] / rows.Count;
            }
        }

        foreach (var row in rows)
        {
            for (var column = 0; column < mean.Length; column++)
            {
                var distance = features[(row * mean.Length) + column] - mean[column];
                square[column] += distance * distance / rows.Count;
            }
        }

        return new(columns, mean.Select(m => (float)m).ToValueArray(), square.Select(Deviate).ToValueArray());
    }

    /// <summary>Numbers of the columns that are constant in the training part.</summary>
    internal static IEnumerable<int> Constant(int columns, float[] features, IReadOnlyCollection<int> rows) =>
        Enumerable.Range(0, columns).Where(column => rows.All(row => features[(row * columns) + column] == features[(rows.First() * columns) + column]));

    /// <summary>Scales one value; the difference is taken in double precision.</summary>
    internal float Apply(float value, int column) => (float)(((double)value - Mean[column]) / Deviation[column]);

    // The deviation of a constant feature is 0, or rounding noise of its mean.
    private static float Deviate(double variance) => (float)Math.Sqrt(variance) is var deviation && deviation > 0 && float.IsNormal(deviation) ? deviation : 1;
}

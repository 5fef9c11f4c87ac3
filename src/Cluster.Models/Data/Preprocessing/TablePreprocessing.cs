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

    /// <summary>Fits, and scales all rows.</summary>
    /// <param name="name">Where they come from, for messages.</param>
    /// <param name="columns">Names.</param>
    /// <param name="raw">Row-major, rows × columns.</param>
    /// <param name="train">Numbers of the training rows.</param>
    /// <returns>What was fitted, the scaled rows, and what a person should know.</returns>
    internal static (TablePreprocessing Preprocessing, float[] Features, ValueArray<string> Warnings) FitAndApply(string name, ValueArray<string> columns, float[] raw, int[] train)
    {
        var preprocessing = Fit(columns, raw, train);
        var features = new float[raw.Length];
        for (var i = 0; i < features.Length; i++)
        {
            var value = preprocessing.Apply(raw[i], i % columns.Count);
            features[i] = float.IsFinite(value)
                ? value
                : throw new DataException("SC3005", $"{name}: column '{DisplayText.Shorten(columns[i % columns.Count])}' is not finite after scaling; rescale it.");
        }

        var constant = Constant(columns.Count, raw, train).Select(column => DisplayText.Shorten(columns[column])).ToList();
        ValueArray<string> warnings = constant.Count == 0 ? [] : [$"{name}: {constant.Count} feature(s) are constant in the training part and carry nothing: {string.Join(", ", constant.Take(10))}."];
        return (preprocessing, features, warnings);
    }

    /// <summary>Numbers of the columns that are constant in the training part.</summary>
    internal static IEnumerable<int> Constant(int columns, float[] features, IReadOnlyCollection<int> rows) =>
        Enumerable.Range(0, columns).Where(column => rows.All(row => features[(row * columns) + column] == features[(rows.First() * columns) + column]));

    /// <summary>Scales one value; the difference is taken in double precision.</summary>
    internal float Apply(float value, int column) => (float)(((double)value - Mean[column]) / Deviation[column]);

    // The deviation of a constant feature is 0, or rounding noise of its mean.
    private static float Deviate(double variance) => (float)Math.Sqrt(variance) is var deviation && deviation > 0 && float.IsNormal(deviation) ? deviation : 1;
}

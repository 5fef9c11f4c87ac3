using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Columns of a table: numbers shifted and scaled, each category a column of 0 and 1, empty fields filled.</summary>
/// <param name="Columns">Names, in order.</param>
/// <param name="Mean">What is subtracted from each column: its mean over the training part, its smallest value, or 0.</param>
/// <param name="Deviation">What each column is divided by: its standard deviation, its range, or 1; 1 for a constant one and for categories.</param>
/// <param name="Fill">What an empty field becomes, before scaling; null where empty fields are refused.</param>
/// <param name="Categories">Texts of the columns of categories, by name; null where there are none.</param>
/// <param name="MissingTexts">Texts that mean an empty field beside nothing; null for none.</param>
public sealed record TablePreprocessing(
    ValueArray<string> Columns,
    ValueArray<float> Mean,
    ValueArray<float> Deviation,
    ValueArray<float>? Fill = null,
    ValueMap<ValueArray<string>>? Categories = null,
    ValueArray<string>? MissingTexts = null) : InputPreprocessing
{
    /// <summary>Numbers in a row of inputs.</summary>
    internal int Width => Columns.Sum(WidthOf);

    /// <summary>Texts of a column of categories; null for numbers.</summary>
    internal ValueArray<string>? CategoriesOf(string column) => Categories is { } all && all.TryGetValue(column, out var texts) ? texts : null;

    /// <summary>Fits in double precision with two passes, so that a large mean costs no digits of the deviation.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="features">Row-major, rows × columns; NaN for an empty field.</param>
    /// <param name="train">Numbers of the training rows.</param>
    /// <param name="scaling">How numbers are scaled.</param>
    /// <param name="missing">How empty fields are filled; null when there are none.</param>
    /// <param name="missingTexts">Texts that mean an empty field.</param>
    internal static TablePreprocessing Fit(FeatureColumn[] columns, float[] features, int[] train, ColumnScaling scaling, MissingPolicy? missing, ValueArray<string>? missingTexts = null)
    {
        var (mean, deviation, fill) = (new float[columns.Length], new float[columns.Length], new float[columns.Length]);
        for (var column = 0; column < columns.Length; column++)
        {
            var values = train.Select(row => features[(row * columns.Length) + column]).Where(value => !float.IsNaN(value)).ToArray();
            fill[column] = FillOf(values, columns[column].Categories is null ? missing : MissingPolicy.MostFrequent);
            (mean[column], deviation[column]) = columns[column].Categories is null ? ScaleOf(values, scaling) : (0, 1);
        }

        var categories = columns.Where(column => column.Categories is not null).Select(column => KeyValuePair.Create(column.Name, column.Categories!)).ToArray();
        return new(
            columns.Select(column => column.Name).ToValueArray(),
            mean.ToValueArray(),
            deviation.ToValueArray(),
            missing is null or MissingPolicy.Drop ? null : fill.ToValueArray(),
            categories.Length == 0 ? null : new(categories),
            missing is null or MissingPolicy.Drop ? null : missingTexts);
    }

    /// <summary>Turns raw rows into inputs.</summary>
    /// <param name="rows">Row-major: numbers, indices of categories, NaN for an empty field.</param>
    /// <returns>Row-major, rows × <see cref="Width"/>.</returns>
    internal float[] Apply(float[] rows)
    {
        int[] widths = [.. Columns.Select(WidthOf)];
        var inputs = new float[rows.Length / Columns.Count * widths.Sum()];
        var next = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var column = i % Columns.Count;
            var value = float.IsNaN(rows[i]) && Fill is { } fill ? fill[column] : rows[i];
            if (CategoriesOf(Columns[column]) is null)
            {
                // The difference is taken in double precision.
                inputs[next] = (float)(((double)value - Mean[column]) / Deviation[column]);
            }
            else if (value >= 0 && value < widths[column])
            {
                inputs[next + (int)value] = 1;
            }

            next += widths[column];
        }

        return inputs;
    }

    /// <summary>Name of the column that an input comes from.</summary>
    internal string ColumnOf(int input)
    {
        var column = 0;
        for (var end = WidthOf(Columns[0]); input >= end; end += WidthOf(Columns[column]))
        {
            column++;
        }

        return Columns[column];
    }

    /// <summary>Numbers of the columns that are constant in the training part.</summary>
    internal static IEnumerable<int> Constant(int columns, float[] features, IReadOnlyCollection<int> rows) =>
        Enumerable.Range(0, columns).Where(column => rows.All(row => features[(row * columns) + column].Equals(features[(rows.First() * columns) + column])));

    private int WidthOf(string column) => CategoriesOf(column)?.Count ?? 1;

    private static float FillOf(float[] values, MissingPolicy? policy)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        var sorted = values.Order().ToArray();
        return policy switch
        {
            MissingPolicy.MostFrequent => sorted.GroupBy(value => value).MaxBy(group => group.Count())!.Key,
            MissingPolicy.Median => (float)(((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2),
            _ => (float)values.Average(value => (double)value),
        };
    }

    private static (float Shift, float Scale) ScaleOf(float[] values, ColumnScaling scaling)
    {
        if (values.Length == 0 || scaling == ColumnScaling.None)
        {
            return (0, 1);
        }

        if (scaling == ColumnScaling.MinMax)
        {
            return (values.Min(), Usable((double)values.Max() - values.Min()));
        }

        // Divided before they are summed, so that large numbers do not overflow.
        var mean = values.Sum(value => (double)value / values.Length);
        return ((float)mean, Usable(Math.Sqrt(values.Sum(value => (value - mean) * (value - mean) / values.Length))));
    }

    // The spread of a constant feature is 0, or rounding noise of its mean.
    private static float Usable(double spread) => (float)spread is var scale && scale > 0 && float.IsNormal(scale) ? scale : 1;
}

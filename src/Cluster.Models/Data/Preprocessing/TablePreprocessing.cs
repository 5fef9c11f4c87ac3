using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Columns;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Columns of a table: numbers shifted and scaled, each category a column of 0 and 1, empty fields filled.</summary>
/// <param name="Columns">Names, in order.</param>
/// <param name="Mean">What is subtracted from each column: its mean over the training part, its smallest value, or 0.</param>
/// <param name="Deviation">What each column is divided by: its standard deviation, its range, or 1; 1 for a
/// constant one and for categories.</param>
/// <param name="Fill">What an empty field becomes, before scaling; null where empty fields are refused.</param>
/// <param name="Categories">Texts of the columns of categories, by name; null where there are none.</param>
/// <param name="MissingTexts">Texts that mean an empty field beside nothing; null for none.</param>
/// <param name="Unseen">What a text means that the categories lack; null for an error.</param>
/// <param name="OwnCategory">Columns in which such texts have a category of their own, which training rows taught; null for none.</param>
public sealed record TablePreprocessing(
    ValueArray<string> Columns,
    ValueArray<double> Mean,
    ValueArray<double> Deviation,
    ValueArray<double>? Fill = null,
    ValueMap<ValueArray<string>>? Categories = null,
    ValueArray<string>? MissingTexts = null,
    UnseenPolicy? Unseen = null,
    ValueArray<string>? OwnCategory = null) : InputPreprocessing
{
    /// <summary>Numbers in a row of inputs.</summary>
    internal int Width => Columns.Sum(WidthOf);

    /// <summary>Texts of a column of categories; null for numbers.</summary>
    internal ValueArray<string>? CategoriesOf(string column) =>
        Categories is { } all && all.TryGetValue(column, out var texts) ? texts : null;

    /// <summary>Fits on the training rows.</summary>
    /// <param name="columns">The features, in the order in which a row has them.</param>
    /// <param name="features">Row-major, rows × columns; NaN for an empty field.</param>
    /// <param name="train">Numbers of the training rows.</param>
    /// <param name="scaling">How numbers are scaled.</param>
    /// <param name="missing">How empty fields are filled; null when there are none.</param>
    /// <param name="missingTexts">Texts that mean an empty field.</param>
    /// <param name="unseen">What a text means that the categories lack.</param>
    internal static TablePreprocessing Fit(
        FeatureColumn[] columns,
        double[] features,
        int[] train,
        ColumnScaling scaling,
        MissingPolicy? missing,
        ValueArray<string>? missingTexts = null,
        UnseenPolicy? unseen = null)
    {
        var (mean, deviation, fill) = (new double[columns.Length], new double[columns.Length], new double[columns.Length]);
        var ranges = new List<KeyValuePair<string, ColumnRange>>();
        for (var column = 0; column < columns.Length; column++)
        {
            var values = train.Select(row => features[(row * columns.Length) + column]).Where(value => !double.IsNaN(value)).ToArray();
            fill[column] = columns[column].Categories is null
                ? FillOf(values, missing)
                : FillOf([.. values.Where(code => code >= 0)], MissingPolicy.MostFrequent);
            (mean[column], deviation[column]) = columns[column].Categories is null ? NumberScale.Of(values, scaling) : NumberScale.None;
            if (columns[column].Categories is null && ColumnRange.Of(values) is { } range)
            {
                ranges.Add(new(columns[column].Name, range));
            }
        }

        var categories = columns
            .Where(column => column.Categories is not null)
            .Select(column => KeyValuePair.Create(column.Name, column.Categories!))
            .ToArray();
        return new(
            columns.Select(column => column.Name).ToValueArray(),
            mean.ToValueArray(),
            deviation.ToValueArray(),
            missing is null or MissingPolicy.Drop ? null : fill.ToValueArray(),
            categories.Length == 0 ? null : new(categories),
            missing is null or MissingPolicy.Drop ? null : missingTexts,
            unseen,
            unseen != UnseenPolicy.Category
                ? null
                : columns
                    .Where((column, at) => column.Categories is not null && train.Any(row => features[(row * columns.Length) + at] < 0))
                    .Select(column => column.Name)
                    .ToValueArray())
        {
            Ranges = new(ranges),
        };
    }

    /// <summary>Writes a number of a column of dates as a date, to the minute.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="number">Days since 1970-01-01.</param>
    /// <returns>Null where the column has no dates, or the number is none.</returns>
    public string? DateOf(string column, double number) =>
        Reading?.NotationOf(column)?.Date is not null && double.IsFinite(number) ? DateText.Format(number) : null;

    /// <summary>Turns raw rows into inputs.</summary>
    /// <param name="rows">Row-major: numbers, indices of categories, -1 for a text that is none, NaN for an empty field.</param>
    /// <returns>Row-major, rows × <see cref="Width"/>.</returns>
    internal float[] Apply(double[] rows)
    {
        int[] widths = [.. Columns.Select(WidthOf)];
        var inputs = new float[rows.Length / Columns.Count * widths.Sum()];
        var next = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var column = i % Columns.Count;
            var value = double.IsNaN(rows[i]) && Fill is { } fill ? fill[column] : rows[i];
            if (CategoriesOf(Columns[column]) is null)
            {
                inputs[next] = ScaleOf(column).Apply(value);
            }
            else if (value >= 0 && value < widths[column])
            {
                inputs[next + (int)value] = 1;
            }
            else if (HasOwnCategory(Columns[column]))
            {
                inputs[next + widths[column] - 1] = 1;
            }

            next += widths[column];
        }

        return inputs;
    }

    internal override double[,] Restore(Tensor prepared)
    {
        var (inputs, widths) = (ToRows(prepared), Columns.Select(WidthOf).ToArray());
        var rows = new double[inputs.GetLength(0), widths.Length];
        for (var row = 0; row < inputs.GetLength(0); row++)
        {
            for (int column = 0, first = 0; column < widths.Length; first += widths[column++])
            {
                rows[row, column] = CategoriesOf(Columns[column]) is null
                    ? (inputs[row, first] * Deviation[column]) + Mean[column]
                    : Enumerable.Range(0, CategoriesOf(Columns[column])!.Count).DefaultIfEmpty(-1)
                        .MaxBy(k => k < 0 ? 0 : inputs[row, first + k]);
            }
        }

        return rows;
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

    /// <summary>Names the category that an input stands for; null for numbers.</summary>
    internal string? CategoryAt(int input)
    {
        var (column, first) = (0, 0);
        for (; input >= first + WidthOf(Columns[column]); column++)
        {
            first += WidthOf(Columns[column]);
        }

        return CategoriesOf(Columns[column]) is not { } texts ? null
            : $"'{DisplayText.Shorten(input - first < texts.Count ? texts[input - first] : "other texts")}' of column "
                + $"'{DisplayText.Shorten(Columns[column])}'";
    }

    /// <summary>Numbers of the columns that are constant in the training part, empty fields aside.</summary>
    internal static IEnumerable<int> Constant(int columns, double[] features, IReadOnlyCollection<int> rows) =>
        Enumerable.Range(0, columns).Where(column =>
        {
            var known = rows.Select(row => features[(row * columns) + column]).Where(value => !double.IsNaN(value));
            return !known.Any() || known.First() is var first && known.All(value => value == first);
        });

    /// <summary>Says which columns carry nothing, or lose their differences in single precision.</summary>
    /// <param name="name">The data, for the sentences.</param>
    /// <param name="features">Row-major, as fitted.</param>
    /// <param name="train">Numbers of the training rows.</param>
    internal IEnumerable<string> Warn(string name, double[] features, int[] train)
    {
        const int Shown = 10;
        var constant = Constant(Columns.Count, features, train).ToHashSet();
        if (constant.Count > 0)
        {
            yield return $"{name}: {constant.Count} feature(s) are constant in the training part and carry nothing: "
                + $"{string.Join(", ", constant.Order().Take(Shown).Select(column => DisplayText.Shorten(Columns[column])))}"
                + $"{(constant.Count > Shown ? ", …" : "")}.";
        }

        var rows = features.Length / Columns.Count;
        for (var column = 0; column < Columns.Count; column++)
        {
            var at = column;
            if (CategoriesOf(Columns[column]) is null && !constant.Contains(column)
                && LostDifferences.Tell(
                    $"{name}: column '{DisplayText.Shorten(Columns[column])}'",
                    [.. Enumerable.Range(0, rows).Select(row => features[(row * Columns.Count) + at])],
                    ScaleOf(column),
                    Remedy(column)) is { } lost)
            {
                yield return lost;
            }
        }
    }

    /// <summary>How a column of numbers is scaled.</summary>
    internal NumberScale ScaleOf(int column) => new(Mean[column], Deviation[column]);

    private string Remedy(int column) => ScaleOf(column) == NumberScale.None
        ? "let it be scaled (data.scaling: standard), or leave it out with data.exclude"
        : "rescale it, for example to its logarithm, leave out the few numbers that are far from all others, or the column with "
            + "data.exclude";

    private int WidthOf(string column) => CategoriesOf(column) is { } texts ? texts.Count + (HasOwnCategory(column) ? 1 : 0) : 1;

    private bool HasOwnCategory(string column) => OwnCategory?.Contains(column) == true;

    private static double FillOf(double[] values, MissingPolicy? policy)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        var sorted = values.Order().ToArray();
        return policy switch
        {
            MissingPolicy.MostFrequent => sorted.GroupBy(value => value).MaxBy(group => group.Count())!.Key,
            MissingPolicy.Median => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
            _ => values.Average(),
        };
    }
}

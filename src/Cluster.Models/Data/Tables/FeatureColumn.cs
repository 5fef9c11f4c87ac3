using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>A column of features.</summary>
/// <param name="Name">As the header says, or its number from 0.</param>
/// <param name="Categories">Its texts in ordinal order; null for a column of numbers.</param>
/// <param name="Warning">What a person should know of it; null for nothing.</param>
internal sealed record FeatureColumn(string Name, ValueArray<string>? Categories, string? Warning = null)
{
    public const int MaximumCategories = 1_000;

    /// <summary>Reads a column.</summary>
    /// <param name="table">What the column is of.</param>
    /// <param name="column">Its number.</param>
    /// <param name="rows">The rows to read.</param>
    /// <param name="missing">Empty fields.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="values">Gets the values, row-major.</param>
    /// <param name="at">Place of the column in a row of them.</param>
    /// <param name="width">Columns of a row of them.</param>
    /// <exception cref="DataException">SC3004: a field of numbers is none; SC3008: too many categories.</exception>
    public static FeatureColumn Read(
        CsvTable table, int column, int[] rows, MissingFields missing, ColumnKind kind, Span<double> values, int at, int width)
    {
        var name = table.Columns[column];
        if (kind.Problem is { } problem)
        {
            throw problem;
        }

        var categories = kind.Type == ColumnType.Category ? ReadCategories(table, column, rows, missing) : null;
        var codes = categories?.Select((text, code) => (text, code)).ToDictionary(
            entry => entry.text, entry => entry.code, StringComparer.Ordinal);
        for (var i = 0; i < rows.Length; i++)
        {
            values[(i * width) + at] = !missing.IsMissing(rows[i], column)
                ? codes is null ? table.Number(rows[i], column, kind.Notation) : codes[table.Text(rows[i], column).Trim()]
                : missing.AreFilled ? double.NaN
                : throw missing.Refuse(rows[i], column, codes is null ? "a number" : "a category");
        }

        return new(name, categories, categories is null ? LongNumbers.Tell(table, column, rows, values, at, width) : null);
    }

    private static ValueArray<string> ReadCategories(CsvTable table, int column, int[] rows, MissingFields missing)
    {
        var distinct = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!missing.IsMissing(row, column) && distinct.Add(table.Text(row, column).Trim()) && distinct.Count > MaximumCategories)
            {
                throw new DataException(
                    DataCodes.TooManyTexts,
                    $"{table.At(row, column)}: column '{DisplayText.Shorten(table.Columns[column])}' has more than {MaximumCategories} "
                        + $"different texts, too many for categories; leave it out with data.exclude.");
            }
        }

        return distinct.ToValueArray();
    }
}

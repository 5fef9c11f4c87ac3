namespace SearchCluster.Models.Data.Tables;

/// <summary>A column of features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Categories">Its texts in ordinal order; null for a column of numbers.</param>
/// <param name="Warning">What a person should know of it; null for nothing.</param>
internal sealed record FeatureColumn(string Name, ValueArray<string>? Categories, string? Warning = null)
{
    public const int MaximumCategories = 1_000;

    /// <summary>Reads a column: numbers where at least half of its fields are, categories elsewhere, or as the spec says.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">Its number.</param>
    /// <param name="rows">The rows to read.</param>
    /// <param name="missing">Empty fields.</param>
    /// <param name="spec">Types by name.</param>
    /// <param name="values">Gets the values, row-major.</param>
    /// <param name="at">Place of the column in a row of them.</param>
    /// <param name="width">Columns of a row of them.</param>
    /// <exception cref="DataException">SC3004: a field of numbers is none; SC3008: too many categories.</exception>
    public static FeatureColumn Read(CsvTable table, int column, int[] rows, MissingFields missing, TableSpec spec, Span<double> values, int at, int width)
    {
        var name = table.Columns[column];
        var type = spec.Types is { } types && types.TryGetValue(name, out var given) ? given : Infer(table, column, rows, missing);
        var categories = type == ColumnType.Category ? ReadCategories(table, column, rows, missing) : null;
        var codes = categories?.Select((text, code) => (text, code)).ToDictionary(entry => entry.text, entry => entry.code, StringComparer.Ordinal);
        for (var i = 0; i < rows.Length; i++)
        {
            values[(i * width) + at] = !missing.IsMissing(rows[i], column) ? codes is null ? table.Number(rows[i], column) : codes[table.Text(rows[i], column).Trim()]
                : missing.AreFilled ? double.NaN
                : throw missing.Refuse(rows[i], column, codes is null ? "a number" : "a category");
        }

        return new(name, categories, categories is null ? LongNumbers.Tell(table, column, rows, values, at, width) : null);
    }

    private static ColumnType Infer(CsvTable table, int column, int[] rows, MissingFields missing)
    {
        var (filled, numbers) = (0, 0);
        foreach (var row in rows)
        {
            if (!missing.IsMissing(row, column))
            {
                filled++;
                numbers += table.IsNumber(row, column) ? 1 : 0;
            }
        }

        return numbers * 2 >= filled ? ColumnType.Number : ColumnType.Category;
    }

    private static ValueArray<string> ReadCategories(CsvTable table, int column, int[] rows, MissingFields missing)
    {
        var distinct = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!missing.IsMissing(row, column) && distinct.Add(table.Text(row, column).Trim()) && distinct.Count > MaximumCategories)
            {
                throw new DataException(
                    "SC3008",
                    $"{table.At(row, column)}: column '{DisplayText.Shorten(table.Columns[column])}' has more than {MaximumCategories} different texts, too many for categories; leave it out with data.exclude.");
            }
        }

        return distinct.ToValueArray();
    }
}

namespace SearchCluster.Models.Data.Tables;

/// <summary>Which fields of a table are empty, and what becomes of them.</summary>
/// <param name="table">The table.</param>
/// <param name="spec">Policy, and the texts that mean an empty field.</param>
internal sealed class MissingFields(CsvTable table, TableSpec spec)
{
    private readonly HashSet<string> _texts = new(spec.MissingTexts ?? [], StringComparer.Ordinal);

    /// <summary>True when empty fields of features are filled.</summary>
    public bool AreFilled => spec.Missing is not (null or MissingPolicy.Drop);

    /// <summary>Tells whether a field is empty: no text but blanks, or one of the texts of the spec.</summary>
    public bool IsMissing(int row, int column) => table.IsBlank(row, column) || (_texts.Count > 0 && _texts.Contains(table.Text(row, column).Trim()));

    /// <summary>Chooses rows.</summary>
    /// <param name="columns">Columns that are used.</param>
    /// <param name="limit">Only the first so many rows.</param>
    /// <returns>Their numbers; all of them unless rows with empty fields are dropped.</returns>
    /// <exception cref="DataException">SC3001: none is left.</exception>
    public int[] Keep(int[] columns, int limit)
    {
        var rows = Enumerable.Range(0, limit).Where(row => spec.Missing != MissingPolicy.Drop || !columns.Any(column => IsMissing(row, column))).ToArray();
        return rows.Length > 0 ? rows : throw new DataException("SC3001", $"{table.Name} has no data rows left: each has an empty field, and data.missing drops such rows.");
    }

    /// <summary>Refuses an empty field.</summary>
    public DataException Refuse(int row, int column, string what) => new(
        "SC3004",
        $"{table.At(row, column)}: column '{DisplayText.Shorten(table.Columns[column])}' holds {(table.IsBlank(row, column) ? "nothing" : $"'{DisplayText.Shorten(table.Text(row, column))}', which means nothing,")}, but must be {what}; say what becomes of empty fields with data.missing.");
}

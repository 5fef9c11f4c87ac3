namespace SearchCluster.Models.Data.Tables;

/// <summary>Rows of a table as read: on the host, nothing fitted.</summary>
/// <param name="Name">Where they come from, for messages.</param>
/// <param name="Columns">The features.</param>
/// <param name="Features">Row-major, rows × columns: numbers, indices into the categories, NaN for an empty field.</param>
/// <param name="Answer">What is to be answered.</param>
/// <param name="Given">Parts, where files are the parts.</param>
internal sealed record TableRows(string Name, FeatureColumn[] Columns, double[] Features, TableAnswer Answer, GivenParts? Given = null)
{
    /// <summary>Separates features and answer of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">Column of the answer: name, or number from 0; null for the last.</param>
    /// <param name="spec">How the table is read; null for the defaults.</param>
    /// <param name="limit">Use only the first so many rows; null for all.</param>
    /// <exception cref="DataException">The table breaks a rule.</exception>
    public static TableRows From(CsvTable table, string? target, TableSpec? spec, int? limit)
    {
        spec ??= new();
        if (table.Columns.Count < 2)
        {
            throw new DataException("SC3007", $"{table.Name} has one column, but features and a label are needed.");
        }

        int[] targets = [target is null ? table.Columns.Count - 1 : ColumnFinder.Find(table, target), .. (spec.FurtherTargets ?? []).Select(name => ColumnFinder.Find(table, name))];
        var features = ColumnFinder.Features(table, spec, targets);
        var missing = new MissingFields(table, spec);
        var rows = missing.Keep([.. features, .. targets], Math.Min(table.Rows, limit ?? int.MaxValue));
        var columns = new FeatureColumn[features.Length];
        var values = new double[rows.Length * features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            columns[i] = FeatureColumn.Read(table, features[i], rows, missing, spec, values.AsSpan(), i, features.Length);
        }

        return new(table.Name, columns, values, TableAnswer.Read(table, targets, rows, missing, spec), PartsOf(table, rows));
    }

    private static GivenParts? PartsOf(CsvTable table, int[] rows)
    {
        int[] Part(int part) => [.. Enumerable.Range(0, rows.Length).Where(i => table.PartOf(rows[i]) == part)];
        return table.HasParts ? new(Part(0), Part(1), Part(2)) : null;
    }
}

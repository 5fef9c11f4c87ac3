using System.Globalization;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Finds columns of a table by what a spec calls them.</summary>
internal static class ColumnFinder
{
    /// <summary>Finds one column.</summary>
    /// <param name="table">One with its header read.</param>
    /// <param name="wanted">Its header name, or its number from 0.</param>
    /// <exception cref="DataException">SC3007: there is none.</exception>
    public static int Find(CsvTable table, string wanted)
    {
        var byName = table.HasHeader ? table.Columns.IndexOf(wanted) : -1;
        if (byName >= 0)
        {
            return byName;
        }

        var isNumber = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number < table.Columns.Count)
        {
            return number;
        }

        var suggestion = isNumber
            ? $" They are numbered from 0 to {table.Columns.Count - 1}."
            : Suggestions.Nearest(wanted, table.Columns) is { } nearest ? $" did you mean '{DisplayText.Shorten(nearest)}'?" : "";
        var known = string.Join(", ", table.Columns.Take(10).Select(DisplayText.Shorten)) + (table.Columns.Count > 10 ? ", …" : "");
        throw new DataException(
            DataCodes.Columns,
            $"{table.Name} has no column '{DisplayText.Shorten(wanted)}'{(suggestion.Length == 0 || isNumber ? "." : ";")}{suggestion} Its "
                + $"{table.Columns.Count} columns: {known}.");
    }

    /// <summary>Gives what a spec says of columns the names that the table has for them, where the spec calls them by number.</summary>
    /// <exception cref="DataException">SC3007: a column does not exist.</exception>
    public static TableSpec ByName(CsvTable table, TableSpec spec)
    {
        return spec with { Types = Named(spec.Types), Dates = Named(spec.Dates) };

        ValueMap<T>? Named<T>(ValueMap<T>? columns) =>
            columns is null ? null : new(columns.Select(entry => KeyValuePair.Create(table.Columns[Find(table, entry.Key)], entry.Value)));
    }

    /// <summary>Finds the columns that are features: those that the spec names, or all; without the targets and
    /// those it excludes.</summary>
    /// <exception cref="DataException">SC3007: a name does not exist, a target is named as a feature, or nothing is left.</exception>
    public static int[] Features(CsvTable table, TableSpec spec, int[] targets)
    {
        var excluded = (spec.Exclude ?? []).Select(name => Find(table, name)).ToHashSet();
        var named = spec.Features?.Select(name => Find(table, name)).Distinct().ToArray();
        if (named?.FirstOrDefault(targets.Contains, -1) is { } both and >= 0)
        {
            throw new DataException(
                DataCodes.Columns,
                $"{table.Name}: '{DisplayText.Shorten(table.Columns[both])}' is both a feature and the target; remove it from "
                    + $"data.features.");
        }

        int[] features = [.. (named ?? Enumerable.Range(0, table.Columns.Count)).Where(
            column => !targets.Contains(column) && !excluded.Contains(column))];
        return features.Length > 0
            ? features
            : throw new DataException(
                DataCodes.Columns, $"{table.Name}: no column is left as a feature; correct data.features or data.exclude.");
    }
}

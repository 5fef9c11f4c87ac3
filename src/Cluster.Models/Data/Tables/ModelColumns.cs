using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Finds the columns of a model in a table of new rows: by name where there is a header, else by where they stood in the table
/// that it learned from.</summary>
internal static class ModelColumns
{
    /// <summary>Finds them.</summary>
    /// <param name="table">The new rows.</param>
    /// <param name="expected">Names of the model's columns, in order.</param>
    /// <param name="learned">How the table was read that it learned from; null in models that do not know.</param>
    /// <param name="warn">Gets what a person should know.</param>
    /// <exception cref="DataException">SC4120: they cannot be found.</exception>
    public static int[] Find(CsvTable table, ValueArray<string> expected, TableReading? learned, Action<string> warn)
    {
        if (table.HasHeader)
        {
            return ByName(table, expected, learned);
        }

        var isNumbered = expected.All(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var places = learned is not null ? ByPlace(table.Columns.Count, expected, learned)
            : isNumbered && expected.Max(Number) < table.Columns.Count ? [.. expected.Select(Number)]
            : !isNumbered && table.Columns.Count == expected.Count + 1 ? [.. Enumerable.Range(0, expected.Count)]
            : table.Columns.Count == expected.Count ? [.. Enumerable.Range(0, expected.Count)]
            : null;
        if (places is null)
        {
            throw new DataException(
                ModelCodes.OtherData,
                $"{table.Name} has {Counted.Of(table.Columns.Count, "column")} without a header, but {Allowed(expected, learned)}.");
        }

        if (learned is { HasHeader: false } && table.Columns.Count != learned.Columns.Count && table.Columns.Count != expected.Count)
        {
            warn($"{table.Name} has {table.Columns.Count} columns, which are taken for those that the model learned "
                + $"from without its answer {CsvTable.Preview(learned.Targets)}.{Otherwise(table.Columns.Count, expected, learned)}");
        }

        if (learned?.HasHeader ?? !isNumbered)
        {
            warn($"{table.Name} has no header, though the model learned from a table with one: its columns are taken by their "
                + $"places as {CsvTable.Preview(expected)}.{(learned is null ? "" : Otherwise(table.Columns.Count, expected, learned))}");
        }

        return places;
    }

    private static int[] ByName(CsvTable table, ValueArray<string> expected, TableReading? learned)
    {
        var names = table.Columns.ToList();
        var missing = expected.Where(name => !names.Contains(name)).ToList();
        var alike = missing.Select(name => LabelForm.Find(names, name) is { } found ? $" {LabelForm.Visible(name)} is written "
            + $"{LabelForm.Visible(found)} in the file." : "").FirstOrDefault(hint => hint.Length > 0);
        var header = learned is { HasHeader: false }
            ? " The model learned from a table without header: leave the first line out."
            : "";
        return missing.Count == 0
            ? [.. expected.Select(name => names.IndexOf(name))]
            : throw new DataException(
                ModelCodes.OtherData,
                $"{table.Name} lacks the column(s) {CsvTable.Preview(missing)}; the model expects {CsvTable.Preview(expected)}, the file "
                    + $"has {CsvTable.Preview(table.Columns)}.{header}{alike}");
    }

    // All columns of the training table, all but the answers, or just those of the model.
    private static int[]? ByPlace(int count, ValueArray<string> expected, TableReading learned)
    {
        var unanswered = learned.Columns.Where(name => !learned.Targets.Contains(name)).ToValueArray();
        return count == learned.Columns.Count ? [.. expected.Select(name => learned.Columns.IndexOf(name))]
            : count == unanswered.Count && expected.All(unanswered.Contains) ? [.. expected.Select(name => unanswered.IndexOf(name))]
            : count == expected.Count ? [.. Enumerable.Range(0, count)]
            : null;
    }

    // Rows that lack as many other columns as there are answers have the same count, and then every feature is read from another column.
    private static string Otherwise(int count, ValueArray<string> expected, TableReading learned)
    {
        var answered = learned.Columns.Where(name => expected.Contains(name) || learned.Targets.Contains(name)).ToValueArray();
        return count == learned.Columns.Count || count == expected.Count || count != answered.Count ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $" They could as well be its features and its answer without {CsvTable.Preview([.. learned.Columns.Except(answered)])}, "
                    + $"and then all answers are wrong: "
                    + $"give all {learned.Columns.Count} columns, or just the {expected.Count} features ({CsvTable.Preview(expected)}).");
    }

    private static string Allowed(ValueArray<string> expected, TableReading? learned) => learned is null
        ? $"the model expects {expected.Count} ({CsvTable.Preview(expected)})"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the model learned from a table of {learned.Columns.Count} ({CsvTable.Preview(learned.Columns)}); "
                + $"give all of them, those without {CsvTable.Preview(learned.Targets)}, or just its {expected.Count} features");

    private static int Number(string name) => int.Parse(name, CultureInfo.InvariantCulture);
}

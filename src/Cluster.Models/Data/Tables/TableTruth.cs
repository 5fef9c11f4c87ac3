using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Reads the answers of a table as the training data of a model were read: from the same columns, with
/// the same threshold.</summary>
public static class TableTruth
{
    /// <summary>Reads the classes.</summary>
    /// <param name="table">Rows with their answers.</param>
    /// <param name="shape">What the model learned.</param>
    /// <param name="target">Another column than the model's; null for its own, or the last one where the model does not tell.</param>
    /// <param name="learned">How the table was read that the model learned from; null where it does not know.</param>
    /// <returns>Label of each row.</returns>
    /// <exception cref="DataException">SC3007: there is no such column; SC3009: a label is empty, or the model
    /// does not know it; SC3004: no number.</exception>
    public static ValueArray<string> Labels(CsvTable table, DataShape shape, string? target = null, TableReading? learned = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(shape);
        var column = ColumnsOf(table, shape, target, learned)[0];
        return Enumerable.Range(0, table.Rows).Select(row => Label(table, row, column, shape, learned)).ToValueArray();
    }

    /// <summary>Reads the numbers.</summary>
    /// <param name="table">Rows with their answers.</param>
    /// <param name="shape">What the model learned.</param>
    /// <param name="target">Another column than the model's, where it answers one number; null for its own.</param>
    /// <param name="learned">How the table was read that the model learned from; null where it does not know.</param>
    /// <returns>Shape [rows, numbers].</returns>
    /// <exception cref="DataException">SC3007: there is no such column; SC3004: a field is not a number.</exception>
    public static double[,] Numbers(CsvTable table, DataShape shape, string? target = null, TableReading? learned = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(shape);
        if (target is not null && shape.TargetNames.Count > 1)
        {
            throw new DataException(
                DataCodes.SeveralTargets,
                $"The model answers {shape.TargetNames.Count} numbers "
                    + $"({string.Join(", ", shape.TargetNames.Take(10).Select(DisplayText.Shorten))}), so one target column is too few; "
                    + $"leave --target out, and name the columns of the file like them.");
        }

        var columns = ColumnsOf(table, shape, target, learned);
        var values = new double[table.Rows, columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i / columns.Length, i % columns.Length] = table.Number(
                i / columns.Length,
                columns[i % columns.Length],
                learned?.NotationOf(shape.TargetNames[i % columns.Length]),
                NumberHint.Correct);
        }

        return values;
    }

    /// <summary>The columns that hold the answers.</summary>
    internal static int[] ColumnsOf(CsvTable table, DataShape shape, string? target, TableReading? learned) =>
        target is not null ? [Find(table, target, learned)]
        : shape.ClassLabels.Count == 0 ? [.. shape.TargetNames.Select(name => Find(table, name, learned))]
        : [shape.ClassColumn is null ? table.Columns.Count - 1 : Find(table, shape.ClassColumn.Name, learned)];

    private static int Find(CsvTable table, string column, TableReading? learned)
    {
        if (table.HasHeader)
        {
            return ColumnFinder.Find(table, column);
        }

        // By place, as the features are found; a file without some of the columns may have lost the answer as well as another.
        if (learned is not null && table.Columns.Count != learned.Columns.Count)
        {
            throw new DataException(
                ModelCodes.OtherData,
                $"{table.Name} has {Counted.Of(table.Columns.Count, "column")} without a header, but the model learned from a table of "
                    + $"{learned.Columns.Count}; to be compared with its answers, rows need all of them: "
                    + $"{CsvTable.Preview(learned.Columns)}.");
        }

        return learned is not null && learned.Columns.IndexOf(column) is >= 0 and var place ? place
            : int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? ColumnFinder.Find(table, column)
            : throw new DataException(
                DataCodes.Columns,
                $"{table.Name} has no header, so its target column '{DisplayText.Shorten(column)}' cannot be found by name; give its "
                    + $"number from 0 with --target.");
    }

    private static string Label(CsvTable table, int row, int column, DataShape shape, TableReading? learned)
    {
        var text = table.Text(row, column).Trim();
        if (shape.ClassLabels.Contains(text))
        {
            return text;
        }

        if (MissingTexts.AreCertain(text))
        {
            throw new DataException(
                DataCodes.Labels,
                $"{table.At(row, column)}: the label is {(text.Length == 0 ? "empty" : $"'{text}', a missing answer")}, but a row can only "
                    + $"be scored by a label that the model knows; leave the row out.");
        }

        if (shape.ClassColumn?.Threshold is { } threshold)
        {
            return shape.ClassLabels[
                table.Number(row, column, learned?.NotationOf(shape.ClassColumn.Name), NumberHint.Correct) > threshold ? 1 : 0];
        }

        var meant = LabelForm.Find(shape.ClassLabels, text) is { } known ? $" Did you mean '{DisplayText.Shorten(known)}'?" : "";
        throw new DataException(
            DataCodes.Labels,
            $"{table.At(row, column)}: column '{DisplayText.Shorten(table.Columns[column])}' holds the label "
                + $"'{DisplayText.Shorten(text)}', which the model does not know.{meant} "
                + $"It knows {string.Join(", ", shape.ClassLabels.Take(20).Select(DisplayText.Shorten))}"
                + $"{(shape.ClassLabels.Count > 20 ? ", …" : "")}.");
    }
}

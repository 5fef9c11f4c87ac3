using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Series;

/// <summary>Reads the steps of a series from a table, with what <c>data.missing</c> says of empty fields: left
/// out, or as the step before.</summary>
public static class SeriesSteps
{
    /// <summary>Reads new steps as those were read that a model learned from.</summary>
    /// <param name="table">The table, in the order of time.</param>
    /// <param name="series">Columns of the model.</param>
    /// <returns>Shape [steps, columns]; the number of each in the table, from 0, because some may be left out; and a sentence for each
    /// reason by which some were.</returns>
    /// <exception cref="DataException">A column is missing (SC4120), or a field is not a number (SC3004).</exception>
    public static (double[,] Steps, ValueArray<int> Rows, ValueArray<string> Notes) Of(CsvTable table, SeriesPreprocessing series)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(series);
        RequireOne(table);
        var columns = table.PositionsOf(new TablePreprocessing(series.Columns, [], []) { Reading = series.Reading });
        var missing = new MissingFields(table, new TableSpec
        {
            Missing = series.Reading?.Missing,
            MissingTexts = series.Reading?.MissingTexts,
        });
        var rows = missing.Keep(columns, table.Rows);
        var values = Read(table, columns, rows, missing, column => series.Reading?.NotationOf(series.Columns[column]), isForModel: true);
        var steps = new double[rows.Length, columns.Length];
        Buffer.BlockCopy(values, 0, steps, 0, values.Length * sizeof(double));
        return (steps, [.. rows], [.. missing.Warnings]);
    }

    /// <summary>Refuses the parts of a series: what follows the last step of one is not the first of the next.</summary>
    /// <exception cref="DataException">SC3000: the table comes from several files.</exception>
    internal static void RequireOne(CsvTable table)
    {
        if (table.Files > 1)
        {
            var parts = table.CountFiles().Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Count} {file.Words}"));
            throw new DataException(
                DataCodes.NotTheLayout,
                $"'{DisplayText.ShortenPath(table.Name)}' holds the parts of a data set ({string.Join(", ", parts)}), "
                    + $"but a series is one table, whose parts are divided by time; name one of them, or put the steps into one file.");
        }
    }

    /// <summary>Reads columns of numbers.</summary>
    /// <returns>Row-major, rows × columns.</returns>
    internal static double[] Read(
        CsvTable table, int[] columns, int[] rows, MissingFields missing, Func<int, NumberNotation?> notationOf, bool isForModel = false)
    {
        NumberNotation?[] notations = [.. Enumerable.Range(0, columns.Length).Select(notationOf)];
        var steps = new double[rows.Length * columns.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            var (row, at) = (rows[i / columns.Length], i % columns.Length);

            // What is not known is taken to be as it was.
            steps[i] = !missing.IsMissing(row, columns[at])
                ? table.Number(row, columns[at], notations[at], isForModel ? NumberHint.Correct : NumberHint.Series)
                : missing.AreFilled && i >= columns.Length ? steps[i - columns.Length]
                : throw missing.Refuse(row, columns[at], "a number", isForModel ? MissingFields.Correct : MissingFields.Say);
        }

        return steps;
    }
}

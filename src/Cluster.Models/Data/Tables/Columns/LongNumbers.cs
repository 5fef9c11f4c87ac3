using System.Globalization;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Finds whole numbers, mostly identifiers, that have more digits than double precision keeps.</summary>
internal static class LongNumbers
{
    // Above it double precision has no longer every whole number.
    private const double Largest = 9_007_199_254_740_992;

    /// <summary>Says how many different numbers of a column fall together when they are read.</summary>
    /// <param name="table">What the column is of.</param>
    /// <param name="column">Number of the column.</param>
    /// <param name="rows">The rows that were read.</param>
    /// <param name="values">Their numbers, row-major.</param>
    /// <param name="at">Place of the column in a row of them.</param>
    /// <param name="width">Columns of a row of them.</param>
    /// <returns>One sentence; null where none do.</returns>
    public static string? Tell(CsvTable table, int column, int[] rows, ReadOnlySpan<double> values, int at, int width)
    {
        var (exact, read) = (new HashSet<decimal>(), new HashSet<double>());
        for (var i = 0; i < rows.Length; i++)
        {
            var number = values[(i * width) + at];
            if (Math.Abs(number) >= Largest
                && decimal.TryParse(table.Text(rows[i], column).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var digits))
            {
                exact.Add(digits);
                read.Add(number);
            }
        }

        return exact.Count == read.Count ? null
            : $"{table.Name}: column '{DisplayText.Shorten(table.Columns[column])}' has {exact.Count} different numbers of 16 digits and "
                + $"more, of which double precision keeps {read.Count} apart; if they are names, leave the column out with data.exclude, "
                + $"or take it for texts with data.types.";
    }
}

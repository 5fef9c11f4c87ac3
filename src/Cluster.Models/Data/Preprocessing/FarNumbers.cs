using System.Globalization;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Finds columns of new rows whose numbers are far from all that training saw: columns that were shifted or exchanged, other
/// units, or a world that has moved on.</summary>
/// <remarks>
/// A column is told where more than half of its numbers lie beyond the training range by more than that range is wide
/// (<see cref="ColumnRange.IsFarFrom"/>): a few rows that go beyond what was seen are what a model is asked about, and so are many that
/// do so by less. The range rather than a number of deviations, because that of a column with a long tail would tell of its own rows.
/// </remarks>
public static class FarNumbers
{
    private const double Most = 0.5;
    private const double Rounding = 1e-6;
    private const int Shown = 3;

    /// <summary>Looks through the columns of numbers that a model takes.</summary>
    /// <param name="table">New rows.</param>
    /// <param name="preprocessing">Of the model.</param>
    /// <param name="shape">Of the model.</param>
    /// <returns>One sentence, or none; none either where the model does not know its ranges, as those of earlier releases.</returns>
    /// <exception cref="DataException">As <see cref="CsvTable.Select(TablePreprocessing)"/>.</exception>
    public static ValueArray<string> Find(CsvTable table, InputPreprocessing preprocessing, DataShape shape)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentNullException.ThrowIfNull(shape);
        return preprocessing switch
        {
            TablePreprocessing columns => Find(
                table.Name, table.Select(columns), columns.Columns, columns, row => table.PlaceOf(row).Line),
            ImagePreprocessing { ColumnScale: > 0 and var scale } when shape.Columns.Count > 0 => OfPixels(
                table, table.Select(shape.Columns, preprocessing.Reading), shape.Columns, new(0, byte.MaxValue / (double)scale)),
            _ => [],
        };
    }

    /// <summary>Looks through the steps of a series.</summary>
    /// <param name="table">Where they come from.</param>
    /// <param name="steps">Shape [steps, columns].</param>
    /// <param name="rows">Row of the table that each step is, from 0.</param>
    /// <param name="series">Of the model.</param>
    /// <returns>One sentence, or none.</returns>
    public static ValueArray<string> Find(CsvTable table, double[,] steps, ValueArray<int> rows, SeriesPreprocessing series)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(series);
        return Find(table.Name, steps, series.Columns, series, step => table.PlaceOf(rows[step]).Line);
    }

    private static ValueArray<string> Find(
        string name, double[,] values, ValueArray<string> columns, InputPreprocessing model, Func<int, int> lineOf)
    {
        var far = new List<FarColumn>();
        for (var column = 0; column < columns.Count; column++)
        {
            if (model.Ranges is { } ranges && ranges.TryGetValue(columns[column], out var range))
            {
                var at = column;
                var numbers = Enumerable.Range(0, values.GetLength(0)).Select(row => values[row, at]);
                far.AddRange(Judge(columns[column], range, numbers, model.Reading?.NotationOf(columns[column])));
            }
        }

        return Tell(name, far, $"{far.Count} of the model's {columns.Count} column(s)", lineOf);
    }

    // The pixels of a row are one picture, most of which may be black in all of them.
    private static ValueArray<string> OfPixels(CsvTable table, double[,] values, ValueArray<string> columns, ColumnRange range)
    {
        var rows = Enumerable.Range(0, values.GetLength(0));
        var farthest = rows.Select(row => Enumerable.Range(0, columns.Count).Select(column => values[row, column]).MaxBy(Math.Abs));
        var told = Tell(table.Name, Judge("pixels", range, farthest, null), "the columns", row => table.PlaceOf(row).Line);
        return told.Count > 0 ? told : Outside(table, values, columns, range);
    }

    // No pixel is darker than black or brighter than white: numbers that would be are told, as in training.
    private static ValueArray<string> Outside(CsvTable table, double[,] values, ValueArray<string> columns, ColumnRange range)
    {
        // White is known by a factor of single precision.
        var white = range.High * (1 + Rounding);
        int? Pixel(int row) => Enumerable.Range(0, columns.Count)
            .Where(column => values[row, column] < range.Low || values[row, column] > white)
            .Select(column => (int?)column)
            .FirstOrDefault();
        int[] outside = [.. Enumerable.Range(0, values.GetLength(0)).Where(row => Pixel(row) is not null)];
        return outside.Length == 0 ? [] : [string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Name}: {outside.Length} of {values.GetLength(0)} row(s) hold pixels outside {range.Low:G6} (black) to {range.High:G6} "
                + $"(white), which are taken for black or white; the first is {values[outside[0], Pixel(outside[0])!.Value]:G6} in column "
                + $"'{DisplayText.Shorten(columns[Pixel(outside[0])!.Value])}' of line {table.PlaceOf(outside[0]).Line}.")];
    }

    private static IEnumerable<FarColumn> Judge(string column, ColumnRange range, IEnumerable<double> numbers, NumberNotation? notation)
    {
        var (count, far, first) = (0, 0, (Row: 0, Value: 0.0));
        foreach (var (row, value) in numbers.Index().Where(entry => !double.IsNaN(entry.Item)))
        {
            count++;
            if (range.IsFarFrom(value))
            {
                first = far++ == 0 ? (row, value) : first;
            }
        }

        return far > Most * count ? [new(column, range, (double)far / count, first.Row, first.Value, notation?.Date is not null)] : [];
    }

    private static ValueArray<string> Tell(string name, IEnumerable<FarColumn> found, string what, Func<int, int> lineOf)
    {
        FarColumn[] far = [.. found.OrderByDescending(column => column.Share)];
        if (far.Length == 0)
        {
            return [];
        }

        var listed = far.Take(Shown).Select(column => string.Create(
            CultureInfo.InvariantCulture,
            $"'{DisplayText.Shorten(column.Name)}' ({column.Share:P0} of the rows, the first {column.Write(column.Value)} in line "
                + $"{lineOf(column.Row)}, training {column.Write(column.Range.Low)} to {column.Write(column.Range.High)})"));
        return [string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {what} hold in most rows numbers far from all that training saw, beyond its range by more than that is wide: "
                + $"{string.Join("; ", listed)}{(far.Length > Shown ? "; …" : "")}. The answers are guesses there; look whether columns, "
                + $"their order and their units are those of the training data.")];
    }

    private sealed record FarColumn(string Name, ColumnRange Range, double Share, int Row, double Value, bool IsDate)
    {
        // Days since 1970 as a date, where they are one that the calendar has.
        public string Write(double value) => IsDate && Math.Abs(value) < 700_000
            ? DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);
    }
}

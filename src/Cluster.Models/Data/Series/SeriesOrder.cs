using System.Globalization;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Series;

/// <summary>Looks whether the lines of a series are the steps of one, in the order of time and as far apart as each other: by the columns
/// that a window does not show, of which one often is the time, and by columns of dates.</summary>
internal static class SeriesOrder
{
    private const int FewRows = 3;

    /// <summary>Tells of steps that are left out, of times that do not ascend, repeat or jump, and of numbers that run backwards.</summary>
    /// <param name="table">One row for each step.</param>
    /// <param name="used">Columns that a window shows.</param>
    /// <param name="count">Rows of the table that are looked at, from the first.</param>
    /// <param name="missing">Empty fields.</param>
    public static IEnumerable<string> Warn(CsvTable table, int[] used, int count, MissingFields missing)
    {
        int[] kept = [.. Enumerable.Range(0, count)
            .Where(row => !missing.AreDropped || !used.Any(column => missing.IsMissing(row, column)))];
        var gaps = kept.Length < FewRows ? 0 : Enumerable.Range(1, kept.Length - 1).Count(i => kept[i] != kept[i - 1] + 1);
        if (gaps > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Name}: windows reach over {gaps} place(s) where steps are left out, as if the steps beside them followed each "
                    + $"other; data.missing: mean, median or most-frequent fills them with the step before.");
        }

        if (kept.Length < FewRows)
        {
            yield break;
        }

        int[] full = [.. Enumerable.Range(0, table.Columns.Count).Where(column => !kept.Any(row => missing.IsMissing(row, column)))];
        var kinds = ColumnKinds.Of(table, full, kept, missing, new());
        int[] texts = [.. full.Where(column => kinds[column].Type == ColumnType.Category)];
        foreach (var column in full.Where(column => kinds[column] is { Type: ColumnType.Number, Problem: null }))
        {
            var (notation, isDate) = (kinds[column].Notation, kinds[column].Notation?.Date is not null);
            int[] rows = [.. Enumerable.Range(0, count).Where(row => !missing.IsMissing(row, column))];
            if ((used.Contains(column) && !isDate) || !rows.All(row => table.IsNumber(row, column, notation)))
            {
                continue;
            }

            var times = new SeriesTimes(
                table, column, rows, [.. rows.Select(row => table.Number(row, column, notation))], isDate);
            foreach (var warning in times.Warnings(texts))
            {
                yield return warning;
            }
        }
    }
}

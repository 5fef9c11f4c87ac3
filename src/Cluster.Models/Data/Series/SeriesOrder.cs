using System.Globalization;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Series;

/// <summary>Looks whether the lines of a series lie in the order of time: by the columns that a window does not show, of which one often is
/// the time.</summary>
internal static class SeriesOrder
{
    private const int FewRows = 3;

    /// <summary>Tells of dates that do not ascend, of numbers that run backwards, and of steps that are left out.</summary>
    public static IEnumerable<string> Warn(CsvTable table, int[] used, int[] rows, MissingFields missing)
    {
        var gaps = rows.Length < FewRows ? 0 : Enumerable.Range(1, rows.Length - 1).Count(i => rows[i] != rows[i - 1] + 1);
        if (gaps > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Name}: windows reach over {gaps} place(s) where steps are left out, as if the steps beside them followed each "
                    + $"other; data.missing: mean, median or most-frequent fills them with the step before.");
        }

        int[] others = [.. Enumerable.Range(0, table.Columns.Count).Except(used).Where(column => rows.Length >= FewRows
            && !rows.Any(row => missing.IsMissing(row, column)))];
        var kinds = ColumnKinds.Of(table, others, rows, missing, new());
        foreach (var column in others.Where(column => kinds[column] is { Type: ColumnType.Number, Problem: null }))
        {
            var notation = kinds[column].Notation;
            if (!rows.All(row => table.IsNumber(row, column, notation)))
            {
                continue;
            }

            double[] times = [.. rows.Select(row => table.Number(row, column, notation))];
            var (down, up) = (times.Zip(times.Skip(1)).Count(pair => pair.Second < pair.First),
                times.Zip(times.Skip(1)).Count(pair => pair.Second > pair.First));
            if (down > 0 && (up == 0 || notation?.Date is not null))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.Name}: a series is read in the order of its lines, but column "
                        + $"'{DisplayText.Shorten(table.Columns[column])}' "
                        + $"{(up == 0 ? "runs backwards" : $"steps back {down} time(s)")}; if it is the time, sort the lines by it.");
            }
        }
    }
}

using System.Globalization;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Series;

/// <summary>Looks at a column of times: whether they ascend, whether one has several rows, as where several series lie in one file, and
/// whether steps are missing.</summary>
/// <param name="table">One row for each step.</param>
/// <param name="column">Number of the column of times.</param>
/// <param name="rows">The rows in which it holds something.</param>
/// <param name="times">Its numbers there.</param>
/// <param name="isDate">Whether they are dates, in days since 1970-01-01.</param>
internal sealed class SeriesTimes(CsvTable table, int column, int[] rows, double[] times, bool isDate)
{
    // A step is longer than usual where it is longer than all but one of twenty, by half.
    private const double UsualShare = 0.95, Longer = 1.5;

    // Of numbers that are no dates, so many steps must be alike, or they are no time.
    private const double AlikeShare = 0.9, Alike = 1e-6;

    // Differences of dates with a time, in days, are as exact as this.
    private const double Rounding = 1e-9;

    private string Subject => $"{table.Name}: column '{DisplayText.Shorten(table.Columns[column])}'";

    /// <summary>The sentences.</summary>
    /// <param name="keys">Columns of texts, of which one may tell several series apart.</param>
    public IEnumerable<string> Warnings(IEnumerable<int> keys)
    {
        double[] distinct = [.. times.Distinct().Order()];
        double[] steps = [.. distinct.Skip(1).Zip(distinct, (next, before) => next - before)];
        int[] down = [.. Enumerable.Range(1, times.Length - 1).Where(i => times[i] < times[i - 1])];
        var isReversed = down.Length > 0 && !times.Zip(times.Skip(1)).Any(pair => pair.Second > pair.First);
        if (isReversed || (down.Length > 0 && isDate))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{table.Name}: a series is read in the order of its lines, but "
                + $"column '{DisplayText.Shorten(table.Columns[column])}' "
                + $"{(isReversed ? "runs backwards" : $"steps back {down.Length} time(s), first at {table.At(rows[down[0]], column)}")}; "
                + $"if it is the time, sort the lines by it.");
        }

        if (isDate && distinct.Length < times.Length && distinct.Length > 1)
        {
            yield return Repeated(distinct.Length, keys);
        }

        if (steps.Length > 1 && (isDate || (distinct.Length == times.Length && AreAlike(steps))) && Gaps(distinct, steps) is { } gaps)
        {
            yield return gaps;
        }
    }

    private static bool AreAlike(double[] steps) =>
        Median(steps) is var usual && steps.Count(step => Math.Abs(step - usual) <= Alike * usual) >= AlikeShare * steps.Length;

    private static double Median(double[] steps) => steps.Order().ElementAt(steps.Length / 2);

    private string Repeated(int distinct, IEnumerable<int> keys)
    {
        var seen = new HashSet<double>();
        var first = rows[Array.FindIndex(times, time => !seen.Add(time))];
        var counts = times.CountBy(time => time).ToList();
        var several = counts.Count(entry => entry.Value > 1);
        var where = string.Create(CultureInfo.InvariantCulture, $"first at {table.At(first, column)}: '{Text(first)}'");
        if (several * 2 <= distinct)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Subject} has {several} of {distinct} dates more than once, {where}; "
                + $"a series has one row for each step: leave out the rows that are there twice, or merge them.");
        }

        var key = keys.Cast<int?>().FirstOrDefault(one => TellsApart(one!.Value));
        var apart = key is { } told
            ? string.Create(CultureInfo.InvariantCulture, $"column '{DisplayText.Shorten(table.Columns[told])}' tells "
                + $"{rows.Select(row => table.Text(row, told)).Distinct().Count()} series apart, and windows "
                + $"mix them: put one series into each file, or one column for each into one row")
            : "where the rows are of several series, windows mix them: put one series into each file; where they are one after the "
                + "other in time, write the time with the date";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Subject} has {several} of {distinct} dates more than once, {where}; {apart}.");
    }

    // With it each row is the only one of its time.
    private bool TellsApart(int key) =>
        rows.Select((row, i) => (times[i], table.Text(row, key))).Distinct().Count() == times.Length;

    private string? Gaps(double[] distinct, double[] steps)
    {
        var usual = steps.Order().ElementAt((int)((steps.Length - 1) * UsualShare));
        int[] wide = [.. Enumerable.Range(0, steps.Length).Where(i => steps[i] > (Longer * usual) + Rounding)];
        if (wide.Length == 0)
        {
            return null;
        }

        var (first, longest) = (wide[0], wide.MaxBy(i => steps[i]));
        return string.Create(CultureInfo.InvariantCulture, $"{Subject} steps by {Describe(Median(steps))}, but in {wide.Length} place(s) "
            + $"by more, first from '{TextOf(distinct[first])}' to '{TextOf(distinct[first + 1])}' "
            + $"({table.At(RowOf(distinct[first + 1]), column)}), at most by {Describe(steps[longest])}; windows reach over such places as "
            + $"if nothing were missing: fill in the steps, or divide the file there.");
    }

    private int RowOf(double time) => rows[Array.IndexOf(times, time)];

    private string TextOf(double time) => Text(RowOf(time));

    private string Text(int row) => DisplayText.Shorten(table.Text(row, column).Trim());

    private string Describe(double step)
    {
        if (!isDate)
        {
            return step.ToString("G6", CultureInfo.InvariantCulture);
        }

        const double Hour = 1.0 / 24, Minute = Hour / 60;
        var (count, unit) = step >= 1 - Rounding ? (step, "day")
            : step >= Hour - Rounding ? (step / Hour, "hour")
            : step >= Minute - Rounding ? (step / Minute, "minute")
            : (step / Minute * 60, "second");
        return string.Create(CultureInfo.InvariantCulture, $"{count:0.##} {unit}{(Math.Abs(count - 1) < Alike ? "" : "s")}");
    }
}

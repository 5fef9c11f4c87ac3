using System.Globalization;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Description;

/// <summary>Describes the columns of a table, whether or not it could be trained on as it is.</summary>
internal static class TableDescriber
{
    private const int MostFrequent = 3;

    // More different texts than this are no classes, as a search would say too.
    private const int MostClasses = 100;

    public static DataDescription Describe(DataFormat format, CsvTable table, DataSpec spec)
    {
        var options = ColumnFinder.ByName(table, spec.Table ?? new());
        var missing = new MissingFields(table, options);
        var rows = table.HasParts ? table.Rows : Math.Min(table.Rows, spec.Limit ?? int.MaxValue);
        int[] all = [.. Enumerable.Range(0, table.Columns.Count)];
        var kinds = ColumnKinds.Of(table, all, [.. Enumerable.Range(0, rows)], missing, options);
        var columns = all.Select(column => OfColumn(table, column, rows, missing, kinds[column])).ToValueArray();
        var target = spec.Target is null ? table.Columns.Count - 1 : ColumnFinder.Find(table, spec.Target);
        var shape = Counted.Of(table.Columns.Count, "column") + (format == DataFormat.Series ? " in the order of time" : "");
        var hasClasses = format == DataFormat.Csv && options.Answer != TargetKind.Numbers && columns[target].Distinct <= MostClasses;
        int Part(int part) => Enumerable.Range(0, rows).Count(row => table.PartOf(row) == part);
        var parts = table.HasParts ? new DataParts(Part(0), Part(1), Part(2)) : null;
        var classes = hasClasses ? ClassesOf(table, target, rows, missing) : [];
        string[] warnings =
        [
            .. table.Warnings,
            .. kinds.WarningsOf(all.Where(column => column != target || !hasClasses)),
            .. all.Where(column => columns[column].Unreadable > 0 && (column != target || !hasClasses))
                .SelectMany(column => OfTexts(table, column, rows, missing, kinds[column])),
            .. hasClasses ? OfTarget(table, target, rows, missing, classes) : [],
            .. hasClasses && !TableAnswer.IsSplit(options) && AreClasses(classes, rows)
                ? OfClasses(table, target, rows, missing, classes)
                : [],
            .. format == DataFormat.Series ? SeriesOrder.Warn(table, UsedBy(table, target, options), rows, missing) : [],
        ];
        return new(format, rows, shape, parts, classes, false, 0, columns, [], null)
        {
            Table = new(
                table.HasHeader,
                ((char)table.Dialect.Separator).ToString(),
                options.Header is not null && options.Separator is not null),
            Warnings = warnings.ToValueArray(),
        };
    }

    // What training would refuse, in its words.
    private static IEnumerable<string> OfTexts(CsvTable table, int column, int rows, MissingFields missing, ColumnKind kind)
    {
        int[] texts = kind.Type == ColumnType.Category
            ? []
            : [.. Enumerable.Range(0, rows).Where(row => !missing.IsMissing(row, column) && !table.IsNumber(row, column, kind.Notation))];
        if (texts.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{table.NoNumber(texts[0], column, kind.Notation).Message} ({texts.Length} such field(s))");
        }
    }

    private static IEnumerable<string> OfTarget(CsvTable table, int target, int rows, MissingFields missing, ValueArray<ClassCount> classes)
    {
        var unanswered = Enumerable.Range(0, rows).Where(row => missing.IsUnanswered(row, target)).ToList();
        if (unanswered.Count > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{table.At(unanswered[0], target)}: "
                    + $"{unanswered.Count} row(s) have no answer in column '{DisplayText.Shorten(table.Columns[target])}'; "
                    + $"with data.missing they are left out, without it the table is refused.");
        }
    }

    // Numbers of which most stand once are to be answered as such.
    private static bool AreClasses(ValueArray<ClassCount> classes, int rows) =>
        classes.Count * 2 <= rows
        || classes.Any(entry => !double.TryParse(entry.Label, System.Globalization.CultureInfo.InvariantCulture, out _));

    // What a search tells of its classes: of parts where the table has them.
    private static IEnumerable<string> OfClasses(
        CsvTable table, int target, int rows, MissingFields missing, ValueArray<ClassCount> classes)
    {
        var numbers = classes.Select((entry, k) => (entry.Label, k))
            .ToDictionary(entry => entry.Label, entry => entry.k, StringComparer.Ordinal);
        int[] Part(int part) => [.. Enumerable.Range(0, rows)
            .Where(row => !missing.IsMissing(row, target) && (table.HasParts ? table.PartOf(row) == part : part == 0))];
        return new ClassCoverage(
            table.Name,
            new(classes.Select(entry => entry.Label).ToValueArray(), row => [numbers[table.Text(row, target).Trim()]]),
            new(Part(0), Part(1), Part(2))).Warnings();
    }

    // As the reader of a series takes them.
    private static int[] UsedBy(CsvTable table, int target, TableSpec options) =>
        [target, .. (options.FurtherTargets ?? []).Concat(options.Features ?? []).Select(name => ColumnFinder.Find(table, name))];

    public static ColumnDescription OfNumbers(
        string name, IReadOnlyCollection<double> numbers, int missing = 0, int? distinct = null, int unreadable = 0)
    {
        var mean = numbers.Count > 0 ? numbers.Average() : (double?)null;
        return new(
            name,
            ColumnType.Number,
            missing,
            distinct ?? numbers.Distinct().Count(),
            numbers.Count > 0 ? numbers.Min() : null,
            mean,
            numbers.Count > 0 ? Math.Sqrt(numbers.Average(number => (number - mean!.Value) * (number - mean.Value))) : null,
            numbers.Count > 0 ? numbers.Max() : null,
            [],
            unreadable);
    }

    private static ColumnDescription OfColumn(CsvTable table, int column, int rows, MissingFields missing, ColumnKind kind)
    {
        var name = table.Columns[column];
        int[] filled = [.. Enumerable.Range(0, rows).Where(row => !missing.IsMissing(row, column))];
        var texts = Count(filled.Select(row => table.Text(row, column).Trim()));
        if (kind.Type == ColumnType.Category)
        {
            return new(name, ColumnType.Category, rows - filled.Length, texts.Count, null, null, null, null,
                texts
                    .OrderByDescending(text => text.Value)
                    .ThenBy(text => text.Key, StringComparer.Ordinal)
                    .Take(MostFrequent)
                    .Select(text => new ClassCount(text.Key, text.Value))
                    .ToValueArray(), 0);
        }

        var numeric = filled.Where(row => table.IsNumber(row, column, kind.Notation)).ToList();
        return OfNumbers(
            name,
            [.. numeric.Select(row => table.Number(row, column, kind.Notation))],
            rows - filled.Length,
            texts.Count,
            filled.Length - numeric.Count) with
        {
            Notation = kind.Notation?.Describe(),
            IsDate = kind.Notation?.Date is not null,
        };
    }

    private static ValueArray<ClassCount> ClassesOf(CsvTable table, int column, int rows, MissingFields missing) =>
        Count(Enumerable.Range(0, rows).Where(row => !missing.IsMissing(row, column)).Select(row => table.Text(row, column).Trim()))
            .Select(text => new ClassCount(text.Key, text.Value))
            .OrderBy(entry => double.TryParse(entry.Label, System.Globalization.CultureInfo.InvariantCulture, out var number)
                ? number
                : double.MaxValue)
            .ThenBy(entry => entry.Label, StringComparer.Ordinal)
            .ToValueArray();

    private static Dictionary<string, int> Count(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            counts[text] = counts.GetValueOrDefault(text) + 1;
        }

        return counts;
    }
}

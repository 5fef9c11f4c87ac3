using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data.Description;

/// <summary>Describes the columns of a table, whether or not it could be trained on as it is.</summary>
internal static class TableDescriber
{
    private const int MostFrequent = 3;

    // More different texts than this are no classes, as a search would say too.
    private const int MostClasses = 100;

    public static DataDescription Describe(DataFormat format, CsvTable table, DataSpec spec)
    {
        var options = spec.Table ?? new();
        var missing = new MissingFields(table, options);
        var rows = table.HasParts ? table.Rows : Math.Min(table.Rows, spec.Limit ?? int.MaxValue);
        var columns = Enumerable.Range(0, table.Columns.Count).Select(column => OfColumn(table, column, rows, missing, options)).ToValueArray();
        var target = spec.Target is null ? table.Columns.Count - 1 : ColumnFinder.Find(table, spec.Target);
        var shape = format == DataFormat.Series ? $"{table.Columns.Count} columns in the order of time" : $"{table.Columns.Count} columns";
        var hasClasses = format == DataFormat.Csv && options.Answer != TargetKind.Numbers && columns[target].Distinct <= MostClasses;
        int Part(int part) => Enumerable.Range(0, rows).Count(row => table.PartOf(row) == part);
        var parts = table.HasParts ? new DataParts(Part(0), Part(1), Part(2)) : null;
        return new(format, rows, shape, parts, hasClasses ? ClassesOf(table, target, rows, missing) : [], false, 0, columns, [], null);
    }

    public static ColumnDescription OfNumbers(string name, IReadOnlyCollection<double> numbers, int missing = 0, int? distinct = null, int unreadable = 0)
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

    private static ColumnDescription OfColumn(CsvTable table, int column, int rows, MissingFields missing, TableSpec options)
    {
        var name = table.Columns[column];
        int[] filled = [.. Enumerable.Range(0, rows).Where(row => !missing.IsMissing(row, column))];
        var texts = Count(filled.Select(row => table.Text(row, column).Trim()));
        var numeric = filled.Where(row => table.IsNumber(row, column)).ToList();
        var isNumber = options.Types is { } types && types.TryGetValue(name, out var given) ? given == ColumnType.Number : numeric.Count * 2 >= filled.Length;
        return isNumber
            ? OfNumbers(name, [.. numeric.Select(row => table.Number(row, column))], rows - filled.Length, texts.Count, filled.Length - numeric.Count)
            : new(name, ColumnType.Category, rows - filled.Length, texts.Count, null, null, null, null,
                texts.OrderByDescending(text => text.Value).ThenBy(text => text.Key, StringComparer.Ordinal).Take(MostFrequent).Select(text => new ClassCount(text.Key, text.Value)).ToValueArray(), 0);
    }

    private static ValueArray<ClassCount> ClassesOf(CsvTable table, int column, int rows, MissingFields missing) =>
        Count(Enumerable.Range(0, rows).Where(row => !missing.IsMissing(row, column)).Select(row => table.Text(row, column).Trim()))
            .Select(text => new ClassCount(text.Key, text.Value))
            .OrderBy(entry => double.TryParse(entry.Label, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : double.MaxValue)
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

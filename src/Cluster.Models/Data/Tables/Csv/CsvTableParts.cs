namespace SearchCluster.Models.Data.Tables.Csv;

/// <content>Tables of several files, which are the parts of a data set.</content>
public sealed partial class CsvTable
{
    /// <summary>True when the rows come from several files, which are the parts of a data set.</summary>
    internal bool HasParts => _segments.Count > 0;

    /// <summary>How many files the rows come from.</summary>
    public int Files => Math.Max(1, _segments.Count);

    /// <summary>Puts tables with the same columns behind each other.</summary>
    /// <param name="name">Name of all of them, for messages.</param>
    /// <param name="tables">The tables, each with the number of its part.</param>
    /// <exception cref="DataException">SC3007: a table has other columns than the first.</exception>
    internal static CsvTable Concat(string name, IReadOnlyList<(CsvTable Table, int Part)> tables)
    {
        var first = tables[0].Table;
        using var content = new MemoryStream();
        var (fields, lines, segments) = (new List<CsvField>(), new List<int>(), new List<Segment>());
        foreach (var (table, part) in tables)
        {
            segments.Add(new(lines.Count, table.Name, part));
            int[] order = [.. OrderLike(first, table)];
            var start = (int)content.Length;
            for (var row = 0; row < table.Rows; row++)
            {
                fields.AddRange(
                    order.Select(column => table.Field(row, column)).Select(field => field with { Start = field.Start + start }));
            }

            lines.AddRange(table._rowLines);
            content.Write(table._content);
        }

        var warnings = tables.SelectMany(one => one.Table.Warnings).Distinct().ToValueArray();
        return new(name, content.ToArray(), first.Columns, first.Dialect with { Warnings = warnings }, fields, lines, segments);
    }

    // Places of the first table's columns in another one.
    private static IEnumerable<int> OrderLike(CsvTable first, CsvTable table)
    {
        if (table.HasHeader != first.HasHeader)
        {
            var (with, without) = table.HasHeader ? (table, first) : (first, table);
            throw new DataException(
                DataCodes.Columns,
                $"{with.Name} has a header, but {without.Name} has none: its first row is "
                    + $"{Preview([.. Enumerable.Range(0, without.Columns.Count).Select(column => without.Text(0, column))])}; give both "
                    + $"one, or say data.header.");
        }

        var (lacks, more) = (first.Columns.Except(table.Columns).ToList(), table.Columns.Except(first.Columns).ToList());
        var differences = (string[])[
            .. lacks.Count == 0 ? [] : (string[])[$"lacks {Preview(lacks)}"],
            .. more.Count == 0 ? [] : (string[])[$"has {Preview(more)} more"],
        ];
        return differences.Length == 0 ? first.Columns.Select(name => table.Columns.IndexOf(name))
            : throw new DataException(
                DataCodes.Columns,
                $"{table.Name} has other columns than {first.Name}: it {string.Join(" and ", differences)}; "
                    + $"give both the same ones, in any order.");
    }

    /// <summary>The segments of some of the rows, given in their order.</summary>
    private IEnumerable<Segment> SegmentsOf(IReadOnlyList<int> rows) => HasParts
        ? rows.Select((row, place) => (Segment: SegmentOf(row), place)).GroupBy(entry => entry.Segment)
            .Select(group => group.Key with { FirstRow = group.First().place })
        : [];

    /// <summary>Counts the rows of each file.</summary>
    /// <returns>The counts with words for people, for example <c>of train.csv</c>.</returns>
    public IEnumerable<(int Count, string Words)> CountFiles() => HasParts
        ? Enumerable.Range(0, Rows)
            .GroupBy(row => SegmentOf(row).Name, StringComparer.Ordinal)
            .Select(file => (file.Count(), $"of {file.Key}"))
        : [(Rows, $"of {Name}")];

    /// <summary>Number of the part that a row belongs to.</summary>
    internal int PartOf(int row) => SegmentOf(row).Part;

    private Segment SegmentOf(int row) => _segments.Last(segment => segment.FirstRow <= row);

    /// <summary>Rows that come from one file.</summary>
    internal sealed record Segment(int FirstRow, string Name, int Part);
}

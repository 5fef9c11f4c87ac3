using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Description;

/// <summary>Looks at the beginning of a table for the columns that a spec names. Nothing is fitted, and libtorch is not loaded.</summary>
public static class ColumnCheck
{
    // Enough rows to tell a header and a separator from.
    private const int HeadBytes = 1 << 20;

    /// <summary>Finds what is wrong.</summary>
    /// <param name="spec">Data that are on this machine; the source is a path.</param>
    /// <returns>Each field of the spec whose column the table does not have, and the refusal; <c>data.source</c> where the table cannot be
    /// read. None for data that are no table.</returns>
    public static IReadOnlyList<(string Field, DataException Problem)> Find(DataSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        try
        {
            return SampleReader.FormatOf(spec) is DataFormat.Csv or DataFormat.Series ? OfTable(spec) : [];
        }
        catch (DataException unreadable)
        {
            return [("data.source", unreadable)];
        }
    }

    // What the beginning lacks the whole may have: a quoted field that was cut, or a header that only later rows tell.
    private static List<(string Field, DataException Problem)> OfTable(DataSpec spec) =>
        Head(spec) is { } head && Missing(head, spec) is { Count: 0 } none ? none : Missing(SampleReader.OpenTable(spec), spec);

    private static CsvTable? Head(DataSpec spec)
    {
        if (!File.Exists(spec.Source) || FileTree.IsArchive(spec.Source) || new FileInfo(spec.Source).Length <= HeadBytes)
        {
            return null;
        }

        var beginning = new byte[HeadBytes];
        using (var file = File.OpenRead(spec.Source))
        {
            file.ReadExactly(beginning);
        }

        try
        {
            using var lines = new MemoryStream(beginning, 0, beginning.AsSpan().LastIndexOf((byte)'\n') + 1, writable: false);
            return CsvTable.Read(lines, Path.GetFileName(spec.Source), CsvOptions.Of(spec.Table));
        }
        catch (DataException)
        {
            return null;
        }
    }

    private static List<(string Field, DataException Problem)> Missing(CsvTable table, DataSpec spec)
    {
        var problems = new List<(string, DataException)>();
        foreach (var (field, column) in Named(spec))
        {
            try
            {
                _ = ColumnFinder.Find(table, column);
            }
            catch (DataException missing)
            {
                problems.Add((field, missing));
            }
        }

        return problems;
    }

    private static IEnumerable<(string Field, string Column)> Named(DataSpec spec)
    {
        var table = spec.Table ?? new();
        return
        [
            .. Given(spec.Target).Concat(table.FurtherTargets ?? []).Select(column => ("data.target", column)),
            .. (table.Features ?? []).Select(column => ("data.features", column)),
            .. (table.Exclude ?? []).Select(column => ("data.exclude", column)),
            .. (table.Types ?? ValueMap<ColumnType>.Empty).Select(entry => ($"data.types.{entry.Key}", entry.Key)),
            .. (table.Dates ?? ValueMap<DateOrder>.Empty).Select(entry => ($"data.dates.{entry.Key}", entry.Key)),
            .. Given(spec.Split.GroupBy).Select(column => ("data.split.groupBy", column)),
        ];
    }

    private static IEnumerable<string> Given(string? column) => column is null ? [] : [column];
}

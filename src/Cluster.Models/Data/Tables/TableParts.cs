using System.Text;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Reads the tables of a folder, archive or file as one: its parts <c>train.csv</c>, <c>val.csv</c> and <c>test.csv</c> behind
/// each other, or its only one.</summary>
internal static class TableParts
{
    private const int HeadBytes = 1 << 16;

    /// <summary>Tells whether the first line of a table names a column.</summary>
    public static bool HasColumn(FileTree files, string path, string column)
    {
        var head = Head(files.Read(path));
        var end = head.AsSpan().IndexOfAny((byte)'\n', (byte)'\r');
        return Encoding.UTF8
            .GetString(end >= 0 ? head[..end] : head)
            .TrimStart('\uFEFF')
            .Split([',', ';', '\t', '|'])
            .Any(name => name.Trim().Trim('"') == column);
    }

    /// <summary>Reads the tables to learn from.</summary>
    /// <param name="files">The folder, archive or file.</param>
    /// <param name="spec">How each is read.</param>
    /// <exception cref="DataException">SC3000: no training table; SC3007: other columns than the first; or as
    /// <see cref="CsvTable"/>.</exception>
    public static CsvTable Read(FileTree files, TableSpec? spec) =>
        Read(files, TableFiles.ToTrain(files) ?? throw TableFiles.Refuse(files), CsvOptions.Of(spec));

    /// <summary>Reads the tables that a model is to answer, as the one was read that it learned from.</summary>
    /// <param name="files">The folder, archive or file.</param>
    /// <param name="learned">How that one was read; null where the model does not know.</param>
    /// <exception cref="DataException">As <see cref="Read(FileTree, TableSpec?)"/>.</exception>
    /// <param name="said">What somebody said of how they are written otherwise; null for nothing.</param>
    public static CsvTable Read(FileTree files, TableReading? learned, TableSpec? said = null) =>
        Read(files, TableFiles.ToAnswer(files) ?? throw TableFiles.Refuse(files), CsvOptions.Of(learned, said));

    private static CsvTable Read(FileTree files, TableFiles tables, CsvOptions options)
    {
        var parts = new List<(CsvTable Table, int Part)>();
        foreach (var (path, part) in tables.Tables)
        {
            // The first table tells how the others are written.
            var learned = options.Learned
                ?? (parts.Count > 0 && options.HasHeader is null ? parts[0].Table.ReadingFor([], ColumnKinds.None) : null);
            parts.Add((Read(files, path, options with { Learned = learned }), part));
        }

        var table = tables.HaveParts ? CsvTable.Concat(files.Name, parts) : parts[0].Table;
        if (tables.NoteOthers(files) is { } others)
        {
            table.Warn(others);
        }

        return table;
    }

    private static CsvTable Read(FileTree files, string path, CsvOptions options)
    {
        using var stream = new MemoryStream(files.Read(path, CsvBytes.MaximumFileBytes), writable: false);
        return CsvTable.Read(stream, files.TitleOf(path), options);
    }

    private static byte[] Head(byte[] content)
    {
        if (!WholeGzip.Fits(content))
        {
            return content[..Math.Min(content.Length, HeadBytes)];
        }

        try
        {
            using var plain = new WholeGzip(new MemoryStream(content, writable: false));
            var head = new byte[HeadBytes];
            return head[..plain.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            // Who reads all of it says what is wrong with it.
            return [];
        }
    }
}

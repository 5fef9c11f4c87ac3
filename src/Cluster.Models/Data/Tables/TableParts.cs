using System.Text;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Tables in a folder or archive that are the parts: <c>train.csv</c>, <c>val.csv</c>, <c>test.csv</c>.</summary>
internal static class TableParts
{
    private static readonly string[] Endings = [".csv", ".tsv", ".txt"];
    private static readonly string[][] PartNames = [["train", "training"], ["val", "valid", "validation"], ["test", "testing"]];

    /// <summary>Tells whether there is a table to train on.</summary>
    public static bool Fits(FileTree files) => PathOf(files, 0) is not null;

    /// <summary>Tells whether the first line of the training table names a column.</summary>
    public static bool HasColumn(FileTree files, string column)
    {
        if (PathOf(files, 0) is not { } path)
        {
            return false;
        }

        var content = files.Read(path).AsSpan();
        var line = content.IndexOf((byte)'\n') is >= 0 and var end ? content[..end] : content;
        return Encoding.UTF8.GetString(line).Split([',', ';', '\t']).Any(name => name.Trim().Trim('"') == column);
    }

    /// <summary>Reads the parts that are there as one table.</summary>
    /// <param name="files">The folder or archive.</param>
    /// <param name="spec">How each is read.</param>
    /// <exception cref="DataException">SC3000: no training table; SC3007: other columns than the first; or as <see cref="CsvTable"/>.</exception>
    public static CsvTable Read(FileTree files, TableSpec? spec)
    {
        var parts = new List<(CsvTable Table, int Part)>();
        for (var part = 0; part < PartNames.Length; part++)
        {
            if (PathOf(files, part) is { } path)
            {
                // The first table tells how the others are written.
                var options = CsvOptions.Of(spec);
                var learned = parts.Count > 0 && options.HasHeader is null ? parts[0].Table.ReadingFor([], ColumnKinds.None) : null;
                parts.Add((Read(files, path, options with { Learned = learned }), part));
            }
        }

        return parts is [(_, 0), ..]
            ? CsvTable.Concat(files.Name, parts)
            : throw new DataException(DataCodes.NotTheLayout, $"{files.Name} holds no train.csv; its tables must be named train.csv, val.csv and test.csv.");
    }

    private static CsvTable Read(FileTree files, string path, CsvOptions options)
    {
        using var stream = new MemoryStream(files.Read(path), writable: false);
        return CsvTable.Read(stream, path, options);
    }

    private static string? PathOf(FileTree files, int part) => files.Paths.FirstOrDefault(path =>
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return !name.Contains('/', StringComparison.Ordinal)
            && Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            && PartNames[part].Contains(Path.GetFileNameWithoutExtension(name), StringComparer.OrdinalIgnoreCase);
    });
}

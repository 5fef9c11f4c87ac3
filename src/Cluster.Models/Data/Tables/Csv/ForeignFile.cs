using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Refuses files of other kinds by their first bytes, and says what they are.</summary>
/// <remarks>Formats are those of <see cref="FileKind"/>; here stand what only the reader of a table says of some, and texts that are none.
/// </remarks>
internal static class ForeignFile
{
    private const string AsCsv = "save the table as CSV";

    private static readonly (byte[] Magic, string Kind)[] Kinds =
    [
        ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"),
        ([.. "PAR1"u8], "a Parquet file"), ([.. "PK\x03\x04"u8], "an Excel workbook or another zip archive"),
        ([0x80, 2], "a Python pickle"), ([0x80, 3], "a Python pickle"), ([0x80, 4], "a Python pickle"), ([0x80, 5], "a Python pickle"),
        ([0x1F, 0x8B], "a gzip file inside another"),
        ([.. "<!DOCTYPE"u8], "a web page, perhaps that of a download"), (
            [.. "<!doctype"u8], "a web page, perhaps that of a download"), ([.. "<html"u8], "a web page, perhaps that of a download"),
    ];

    /// <summary>Looks at the first bytes of what is read as a table.</summary>
    /// <param name="start">They, as unpacked.</param>
    /// <param name="name">File name for messages.</param>
    /// <param name="isPacked">True where they come from a gzip.</param>
    /// <exception cref="DataException">SC3010: another encoding; SC3130: Parquet; SC3213: another kind.</exception>
    public static void Refuse(ReadOnlySpan<byte> start, string name, bool isPacked)
    {
        foreach (var (magic, kind) in Kinds)
        {
            if (!start.StartsWith(magic))
            {
                continue;
            }

            throw kind switch
            {
                "UTF-16" => new DataException(DataCodes.NotUtf8, $"{name} is UTF-16 (by its byte order mark); save it as UTF-8."),
                "a Parquet file" =>
                    new DataException(
                        DataCodes.Parquet,
                        $"{name} is a Parquet file, which is not read here; save it as CSV, for example with DuckDB: COPY (SELECT * FROM "
                            + $"'{name}') TO 'rows.csv'."),
                _ => NotATable(name, kind, kind.Contains("pickle", StringComparison.Ordinal)
                    ? "it is not opened, because a pickle runs code; save the table as CSV, with pandas by to_csv"
                    : AsCsv),
            };
        }

        if (FileKind.Of(start) is { } found)
        {
            throw NotATable(name, found.Name + (isPacked ? " in a gzip" : ""), found.Sort switch
            {
                FileSort.Picture or FileSort.UnreadPicture => ImageFolderReader.Needed,
                FileSort.Idx => FileKind.WithLabels,
                _ => AsCsv,
            });
        }
    }

    private static DataException NotATable(string name, string kind, string remedy) =>
        new(DataCodes.NotATable, $"{name} is {kind}, not a table as text; {remedy}.");
}

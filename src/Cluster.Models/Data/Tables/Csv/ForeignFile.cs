namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Refuses files of other kinds by their first bytes, and says what they are.</summary>
internal static class ForeignFile
{
    private static readonly (byte[] Magic, string Kind)[] Kinds =
    [
        ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"),
        ([.. "PAR1"u8], "a Parquet file"), ([.. "PK\x03\x04"u8], "an Excel workbook or another zip archive"), ([
            0xD0,
            0xCF,
            0x11,
            0xE0,
        ], "an old Excel workbook"),
        ([0x80, 2], "a Python pickle"), ([0x80, 3], "a Python pickle"), ([0x80, 4], "a Python pickle"), ([0x80, 5], "a Python pickle"),
        ([
            0x93,
            .. "NUMPY"u8,
        ], "a NumPy array"), ([
            0x89,
            .. "HDF"u8,
        ], "an HDF5 file"), (
            [.. "ARROW1"u8], "an Arrow file"), ([.. "FEA1"u8], "a Feather file"), ([.. "SQLite format 3"u8], "an SQLite database"),
        ([0x1F, 0x8B], "a gzip file inside another"), ([.. "BZh"u8], "a bzip2 file"), ([
            0xFD,
            .. "7zXZ"u8,
        ], "an xz file"), ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file"), ([.. "%PDF"u8], "a PDF document"),
        ([.. "<!DOCTYPE"u8], "a web page, perhaps that of a download"), (
            [.. "<!doctype"u8], "a web page, perhaps that of a download"), ([.. "<html"u8], "a web page, perhaps that of a download"),
    ];

    /// <summary>Looks at the first bytes of what is read as a table.</summary>
    /// <exception cref="DataException">SC3010: another encoding; SC3130: Parquet; SC3213: another kind.</exception>
    public static void Refuse(ReadOnlySpan<byte> start, string name)
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
                        $"{name} is a Parquet file, which is not read here; save it as CSV, for example with DuckDB: COPY (SELECT * FROM '{name}') TO 'rows.csv'."),
                _ => new DataException(
                    DataCodes.NotATable,
                    $"{name} is {kind}, not a table as text; {(kind.Contains("pickle", StringComparison.Ordinal) ? "it is not opened, because a pickle runs code; save the table as CSV, with pandas by to_csv." : "save the table as CSV.")}"),
            };
        }
    }
}

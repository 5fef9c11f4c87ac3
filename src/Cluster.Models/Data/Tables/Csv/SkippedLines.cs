using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Looks into the lines that are left out before a table: new rows for a model often come without the
/// lines that its training table began with.</summary>
internal static class SkippedLines
{
    /// <summary>Finds the header among them.</summary>
    /// <returns>Where it begins and its line; null when it is not there.</returns>
    public static (int Start, int Line)? FindHeader(string name, byte[] content, int end, byte separator, TableReading learned)
    {
        if (!learned.HasHeader)
        {
            return null;
        }

        var scanner = new CsvScanner(name, content, 0, 1, separator);
        for (var start = 0; scanner.Offset < end && scanner.Next(); start = scanner.Offset)
        {
            if (scanner.Row.Count > 1
                && scanner.Row.TrueForAll(field => learned.Columns.Contains(field.TextIn(content).Trim('\uFEFF', ' ', '"'))))
            {
                return (start == 0 && content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : start, scanner.Line);
            }
        }

        return null;
    }

    /// <summary>Tells whether the last of them has numbers where the first row has; empty fields tell nothing. It is sure where there is a
    /// number at all: texts alone may be names of columns.</summary>
    public static bool LookLikeRow(
        string name, byte[] content, int end, byte separator, List<CsvField> fields, int width, out bool isSure)
    {
        isSure = false;
        CsvField[]? last = null;
        var scanner = new CsvScanner(name, content, 0, 1, separator);
        while (scanner.Offset < end && scanner.Next())
        {
            last = [.. scanner.Row];
        }

        if (last?.Length != width || fields.Count < width)
        {
            return false;
        }

        for (var column = 0; column < width; column++)
        {
            var (skipped, first) = (last[column].TryNumber(content, out _), fields[column].TryNumber(content, out _));
            if (skipped != first && last[column].Length > 0 && fields[column].Length > 0)
            {
                return false;
            }

            isSure |= skipped && first;
        }

        return true;
    }
}

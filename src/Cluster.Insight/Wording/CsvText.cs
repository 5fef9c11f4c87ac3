namespace SearchCluster.Insight.Wording;

/// <summary>Writes CSV (RFC 4180) that no spreadsheet reads as a formula.</summary>
public static class CsvText
{
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell));

    /// <summary>Quotes where needed, and puts an apostrophe before text that a spreadsheet would run as a
    /// formula; numbers stay numbers.</summary>
    public static string Cell(string text)
    {
        var safe = SafeText.Of(text);
        if (safe.Length > 0
            && safe[0] is '=' or '+' or '-' or '@'
            && safe is not ("+inf" or "-inf")
            && !double.TryParse(safe, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            safe = "'" + safe;
        }

        return safe.AsSpan().ContainsAny(",\"'") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Makes a table of the bytes of a CSV file.</summary>
internal sealed partial class CsvParser(string name, byte[] content, CsvOptions options)
{
    private const int MaximumFields = 50_000_000;

    private readonly List<CsvField> _fields = [];
    private readonly List<int> _rowLines = [];
    private readonly List<string> _warnings = [];

    public CsvTable Parse()
    {
        var (start, line, declared) = Begin();
        var separator = options.Separator ?? declared ?? SeparatorFinder.Find(
            name, content, start, options.Learned is { Separator.Length: 1 } learned ? (byte)learned.Separator[0] : null);
        if (options is { SkipLines: > 0, Learned: { } model }
            && SkippedLines.FindHeader(name, content, start, separator, model) is { } header)
        {
            (start, line) = header;
        }

        var scanner = new CsvScanner(name, content, start, line, separator);
        while (scanner.Next())
        {
            Add(scanner, separator);
        }

        if (_rowLines.Count == 0)
        {
            throw NoRows();
        }

        var width = _fields.Count / _rowLines.Count;
        var top = new HeaderRows(name, content, _fields, _rowLines, width);
        var hasHeader = HasHeader(top);
        var columns = hasHeader ? ReadHeader([.. _fields.Take(width)], _rowLines[0]) : Numbered(width);
        if (hasHeader)
        {
            _fields.RemoveRange(0, width);
            _rowLines.RemoveAt(0);
        }

        var skippedRow = options.SkipLines > 0
            && SkippedLines.LookLikeRow(name, content, start, separator, _fields, width, out var isSure) && CheckSkipped(isSure);
        if (hasHeader && top.IsAgain is { } again)
        {
            _warnings.Add($"{Position(again, 1)}: the header stands here once more, and is read as a row; remove the line.");
        }

        var dialect = new CsvDialect(
            hasHeader,
            IsSaid: options.HasHeader is not null,
            separator,
            options.SkipLines,
            _warnings.ToValueArray(),
            options.Said,
            skippedRow);
        return _rowLines.Count == 0 ? throw NoRows() : new CsvTable(name, content, columns, dialect, _fields, _rowLines);
    }

    private static ValueArray<string> Numbered(int count) =>
        Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture)).ToValueArray();

    private DataException NoRows() => new(DataCodes.NoRows, $"{name} has no data rows.");

    // A line that training left out may be missing from new rows, and then a row would go in its place.
    private bool CheckSkipped(bool isSure)
    {
        if (options.Said?.SkipLines is not null)
        {
            return true;
        }

        var what = $"{name}: {options.SkipLines} line(s) are left out before the table, ";
        _warnings.Add(options.Learned is null
            ? $"{what}and the last of them looks like a row; if it is one, correct data.skipLines."
            : isSure && options.Learned.SkippedRow != true ? throw new DataException(
                DataCodes.SkippedRow,
                $"{what}as when the model learned, but the last of them looks like a row, and no row is left out; say --skip-lines 0 (or "
                    + $"how many lines are to be left out), or put such lines before the table again.")
            : $"{what}as when the model learned, but the last of them looks like a row; otherwise say --skip-lines, or put such lines "
                + $"before it again.");
        return true;
    }

    private bool HasHeader(HeaderRows rows)
    {
        if (options.HasHeader is { } said)
        {
            return said;
        }

        if (options.Learned is not { } learned)
        {
            return HeaderFinder.HasHeader(rows, _warnings);
        }

        if (!learned.HasHeader)
        {
            return NumbersColumns(rows, learned);
        }

        if (rows.First.All(IsWhole) && learned.Columns.All(IsWhole))
        {
            return IsNumberedHeader(rows, learned);
        }

        // A model knows the names, so there is nothing to tell from the rows unless none of them is there.
        // Where it cannot be told, the names are looked for and told to be missing.
        return rows.First.Any(learned.Columns.Contains) || HeaderFinder.Judge(rows, []).HasHeader != false;
    }

    private static bool IsWhole(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    // Names that are numbers, above numbers: they may be a row as well.
    private static bool IsNumberedHeader(HeaderRows rows, TableReading learned) =>
        !rows.First.All(learned.Columns.Contains) ? HeaderFinder.Judge(rows, []).HasHeader == true
        : rows.Rows > 0 && Recurs(rows)
            ? throw Unclear(rows, "its numbers name columns of the model, and other rows have them, too")
        : true;

    private static bool Recurs(HeaderRows rows) =>
        rows.IsCommon || Enumerable.Range(0, rows.First.Count).All(column => rows.Below(column).OccursAsNumber);

    private static DataException Unclear(HeaderRows rows, string doubt) => new(
        DataCodes.HeaderUnclear,
        $"{rows.At}: the first line ({HeaderFinder.Line(rows)}) may be the header or a row: {doubt}; say data.header, for predict and "
            + $"evaluate --header, true or false.");

    // What pandas writes above a table without names.
    private bool NumbersColumns(HeaderRows rows, TableReading learned)
    {
        var unanswered = learned.Columns.Where(column => !learned.Targets.Contains(column));
        if (!rows.First.SequenceEqual(learned.Columns) && !rows.First.SequenceEqual(unanswered) && !rows.First.SequenceEqual(
            Numbered(rows.First.Count)))
        {
            return false;
        }

        var recurs = Recurs(rows);
        if (rows.First.Count > 2 && !recurs)
        {
            _warnings.Add(
                $"{rows.At}: the first line is left out, because it numbers the columns of the table that the model learned from.");
            return true;
        }

        // Two numbers may be a row like others, and 0 alone is one more often than not.
        if (rows.First.Count == 2 && !recurs && rows.Rows > 0)
        {
            throw Unclear(rows, "it numbers the columns, and no other row has these numbers");
        }

        if (!recurs && rows.Rows > 0)
        {
            _warnings.Add($"{rows.At}: the first line ({HeaderFinder.Line(rows)}) is read as a row, though it numbers the columns; if it "
                + $"is the header, leave it out, or say --header true.");
        }

        return false;
    }

    // What stands before the table: a byte order mark, lines to skip, and the line in which Excel names its separator.
    private (int Start, int Line, byte? Separator) Begin()
    {
        var (at, line) = (content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0, 1);
        while (line <= options.SkipLines)
        {
            (at, line) = AfterLine(at, line);
        }

        while (at < content.Length)
        {
            var text = Encoding.UTF8.GetString(LineAt(at)[..Math.Min(LineAt(at).Length, 16)]);
            if (SeparatorLine().Match(text) is { Success: true } match)
            {
                var (start, next) = AfterLine(at, line);
                return (start, next, (byte)match.Groups[1].Value[0]);
            }

            if (!string.IsNullOrWhiteSpace(text) || (options.Separator == (byte)'\t' && text.Contains('\t', StringComparison.Ordinal)))
            {
                break;
            }

            (at, line) = AfterLine(at, line);
        }

        return (at, line, null);
    }

    private ReadOnlySpan<byte> LineAt(int at)
    {
        var rest = content.AsSpan(at);
        return CsvScanner.LineEnd(rest) is >= 0 and var end ? rest[..end] : rest;
    }

    private (int At, int Line) AfterLine(int at, int line)
    {
        var end = at + LineAt(at).Length;
        var isPair = end + 1 < content.Length && content[end] == (byte)'\r' && content[end + 1] == (byte)'\n';
        return (Math.Min(content.Length, end + (isPair ? 2 : 1)), line + 1);
    }

    // Comments and titles above a table have fewer fields than its rows, and are seldom more lines than this.
    private const int MostLinesBefore = 200;

    private void Add(CsvScanner scanner, byte separator)
    {
        var expected = _rowLines.Count == 0 ? scanner.Row.Count : _fields.Count / _rowLines.Count;
        if (scanner.Row.Count != expected)
        {
            var how = options is { Separator: null, Learned: null }
                ? $" Fields are separated by {TableSeparators.Describe(((char)separator).ToString())}, as the lines tell; otherwise say "
                    + $"data.separator."
                : "";
            var mayBeTitle = options.Learned is null
                && _rowLines.Count <= MostLinesBefore
                && (_rowLines.Count == 1 || expected < scanner.Row.Count);
            throw new DataException(
                DataCodes.RaggedRow,
                $"{Position(scanner.Line, 1)}: the row has {scanner.Row.Count} fields, but expected {expected} as in the first "
                    + $"line.{(mayBeTitle ? " Lines before the table are left out with data.skipLines." : "")}{how}");
        }

        if (_fields.Count > MaximumFields - expected)
        {
            throw new DataException(DataCodes.TooLarge, $"{Position(scanner.Line, 1)}: the file has more than {MaximumFields} fields.");
        }

        _fields.AddRange(scanner.Row);
        _rowLines.Add(scanner.Line);
    }

    private ValueArray<string> ReadHeader(CsvField[] fields, int line)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var text = field.TextIn(content).Trim();
            if (text.Length == 0)
            {
                var help = seen.Count == 0
                    ? "If it is the index that pandas writes, save the table with index=False."
                    : "If the line is a title, leave the lines before the table out with data.skipLines; "
                        + "if the column is empty, remove it.";
                throw new DataException(
                    DataCodes.Header, $"{Position(line, field.Position)}: column {seen.Count + 1} of the header has no name. {help}");
            }

            if (!seen.TryAdd(text, seen.Count))
            {
                throw new DataException(
                    DataCodes.Header,
                    $"{Position(line, field.Position)}: the header names '{DisplayText.Shorten(text)}' twice (columns {seen[text] + 1} and "
                        + $"{seen.Count + 1}); if the line is a row, say data.header: false.");
            }
        }

        return seen.OrderBy(entry => entry.Value).Select(entry => entry.Key).ToValueArray();
    }

    private string Position(int line, int column) => string.Create(CultureInfo.InvariantCulture, $"{name}:{line}:{column}");

    [GeneratedRegex("^\\s*\"?sep=([^\"\\s\\w]|\\t)\"?\\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SeparatorLine();
}

/// <summary>How a table turned out to be written.</summary>
/// <param name="HasHeader">Whether its first line names the columns.</param>
/// <param name="IsSaid">Whether somebody said so.</param>
/// <param name="Separator">What separates its fields.</param>
/// <param name="SkipLines">Lines that were left out.</param>
/// <param name="Warnings">What was not certain.</param>
/// <param name="SkippedRow">Whether the last of them looked like a row.</param>
/// <param name="Said">What somebody said of how numbers and empty fields are written in rows for a model; null for nothing.</param>
internal sealed record CsvDialect(
    bool HasHeader,
    bool IsSaid,
    byte Separator,
    int SkipLines,
    ValueArray<string> Warnings,
    TableSpec? Said = null,
    bool SkippedRow = false);

using System.Globalization;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Splits the bytes of a CSV file into fields.</summary>
internal sealed class CsvParser(string name, byte[] content, int skipLines)
{
    public const int MaximumColumns = 10_000;
    private const int MaximumFields = 50_000_000;
    private const byte Quote = (byte)'"';

    private readonly List<CsvField> _row = [];
    private readonly List<CsvField> _fields = [];
    private readonly List<int> _rowLines = [];
    private int _at = content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
    private int _line = 1;
    private int _lineStart;
    private byte _separator = (byte)',';

    public CsvTable Parse()
    {
        SkipLines();
        _separator = FindSeparator();
        if (!NextRow(out var firstLine))
        {
            throw NoRows();
        }

        var first = _row.ToArray();
        var hasHeader = !first.Any(field => field.TryNumber(content, out _));
        var columns = hasHeader ? ReadHeader(first, firstLine) : Numbered(first.Length);
        if (!hasHeader)
        {
            Add(firstLine, first.Length);
        }

        while (NextRow(out var line))
        {
            Add(line, first.Length);
        }

        return _rowLines.Count == 0 ? throw NoRows() : new CsvTable(name, content, columns, hasHeader, _fields, _rowLines);
    }

    private static ValueArray<string> Numbered(int count) =>
        Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture)).ToValueArray();

    private DataException NoRows() => new("SC3001", $"{name} has no data rows.");

    private void SkipLines()
    {
        for (; _line <= skipLines; _line++)
        {
            var end = content.AsSpan(_at).IndexOf((byte)'\n');
            _at = end < 0 ? content.Length : _at + end + 1;
        }
    }

    private byte FindSeparator()
    {
        var line = content.AsSpan(_at);
        var end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..end];
        return line.Contains((byte)',') && !line.Contains((byte)';') ? (byte)',' : line.Contains((byte)';') ? (byte)';' : line.Contains((byte)'\t') ? (byte)'\t' : (byte)',';
    }

    private void Add(int line, int expected)
    {
        if (_row.Count != expected)
        {
            throw new DataException("SC3002", $"{Position(line, 1)}: the row has {_row.Count} fields, but expected {expected} as in the first line.");
        }

        if (_fields.Count > MaximumFields - expected)
        {
            throw new DataException("SC3011", $"{Position(line, 1)}: the file has more than {MaximumFields} fields.");
        }

        _fields.AddRange(_row);
        _rowLines.Add(line);
    }

    private ValueArray<string> ReadHeader(CsvField[] fields, int line)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var text = field.TextIn(content).Trim();
            if (text.Length == 0)
            {
                throw new DataException("SC3006", $"{Position(line, field.Position)}: column {seen.Count + 1} of the header has no name.");
            }

            if (!seen.TryAdd(text, seen.Count))
            {
                throw new DataException("SC3006", $"{Position(line, field.Position)}: the header names '{DisplayText.Shorten(text)}' twice (columns {seen[text] + 1} and {seen.Count + 1}).");
            }
        }

        return seen.OrderBy(entry => entry.Value).Select(entry => entry.Key).ToValueArray();
    }

    /// <summary>Reads one record into the row buffer; blank lines are skipped.</summary>
    private bool NextRow(out int line)
    {
        while (_at < content.Length)
        {
            (line, _lineStart) = (_line, _at);
            _row.Clear();
            do
            {
                ReadField();
            }
            while (TakeSeparator());

            TakeLineEnd();
            if (_row.Count > 1 || _row[0].Length > 0)
            {
                return true;
            }
        }

        line = _line;
        return false;
    }

    private void ReadField()
    {
        if (_row.Count == MaximumColumns)
        {
            throw new DataException("SC3011", $"{Position(_line, 1)}: the line has more than {MaximumColumns} columns.");
        }

        var position = _at - _lineStart + 1;
        if (_at < content.Length && content[_at] == Quote)
        {
            ReadQuoted(position);
            return;
        }

        var start = _at;
        while (_at < content.Length && content[_at] != _separator && content[_at] != (byte)'\n')
        {
            _at++;
        }

        var isLineEnd = _at == content.Length || content[_at] == (byte)'\n';
        var end = isLineEnd && _at > start && content[_at - 1] == (byte)'\r' ? _at - 1 : _at;
        _row.Add(new(start, end - start, position, IsEscaped: false));
    }

    private void ReadQuoted(int position)
    {
        var (start, openedAt, isEscaped) = (++_at, _line, false);
        while (true)
        {
            var step = content.AsSpan(_at).IndexOfAny(Quote, (byte)'\n');
            if (step < 0)
            {
                throw new DataException("SC3003", $"{Position(openedAt, position)}: the quote that opens here is never closed.");
            }

            _at += step;
            if (content[_at] == (byte)'\n')
            {
                (_line, _at) = (_line + 1, _at + 1);
            }
            else if (_at + 1 < content.Length && content[_at + 1] == Quote)
            {
                (isEscaped, _at) = (true, _at + 2);
            }
            else
            {
                break;
            }
        }

        _row.Add(new(start, _at - start, position, isEscaped));
        _at++;
        if (_at < content.Length && content[_at] != _separator && content[_at] is not ((byte)'\n' or (byte)'\r'))
        {
            throw new DataException("SC3003", $"{Position(_line, _at - _lineStart + 1)}: text follows a closing quote.");
        }
    }

    private bool TakeSeparator()
    {
        if (_at < content.Length && content[_at] == _separator)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void TakeLineEnd()
    {
        if (_at < content.Length && content[_at] == (byte)'\r')
        {
            _at++;
        }

        if (_at < content.Length && content[_at] == (byte)'\n')
        {
            _at++;
        }

        _line++;
    }

    private string Position(int line, int column) => string.Create(CultureInfo.InvariantCulture, $"{name}:{line}:{column}");
}

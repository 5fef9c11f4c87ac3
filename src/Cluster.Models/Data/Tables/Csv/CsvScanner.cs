using System.Globalization;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Reads the records of a CSV file one after the other. A line ends with LF, CR LF or CR; blank lines are skipped.</summary>
/// <param name="name">File name for messages.</param>
/// <param name="content">Its bytes.</param>
/// <param name="start">Where to begin.</param>
/// <param name="line">Number of the line that begins there.</param>
/// <param name="separator">What separates fields; a blank stands for any run of blanks and tabs.</param>
internal sealed class CsvScanner(string name, byte[] content, int start, int line, byte separator)
{
    public const int MaximumColumns = 10_000;
    private const byte Quote = (byte)'"';
    private const byte Blank = (byte)' ';

    private int _at = start;
    private int _line = line;
    private int _lineStart;

    /// <summary>The fields of the record that was read last.</summary>
    public List<CsvField> Row { get; } = [];

    /// <summary>The line on which it begins.</summary>
    public int Line { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public int Offset => _at;

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="DataException">SC3003: a quote is not closed; SC3011: too many columns.</exception>
    public bool Next()
    {
        while (_at < content.Length)
        {
            (Line, _lineStart) = (_line, _at);
            Row.Clear();
            if (separator == Blank)
            {
                SkipBlanks();
            }

            do
            {
                ReadField();
            }
            while (TakeSeparator());

            TakeLineEnd();
            if (Row.Count > 1 || !content.AsSpan(Row[0].Start, Row[0].Length).Trim(" \t"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the end of a line.</summary>
    /// <returns>Offset of its CR or LF; -1 when there is none.</returns>
    public static int LineEnd(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'\n', (byte)'\r');

    private void ReadField()
    {
        if (Row.Count == MaximumColumns)
        {
            throw new DataException(DataCodes.TooLarge, $"{Position(_line, 1)}: the line has more than {MaximumColumns} columns.");
        }

        var start = _at;
        if (OpensQuote())
        {
            ReadQuoted();
            if (IsAtEndOfField())
            {
                return;
            }

            // A blank before the quote makes it a part of the text when more text follows.
            if (content[start] == Quote)
            {
                throw new DataException(DataCodes.Quotes, $"{Position(_line, _at - _lineStart + 1)}: text follows a closing quote.");
            }

            Row.RemoveAt(Row.Count - 1);
            _at = start;
        }

        var rest = content.AsSpan(_at);
        var length = separator == Blank ? rest.IndexOfAny(" \t\r\n"u8) : rest.IndexOfAny(separator, (byte)'\n', (byte)'\r');
        length = length < 0 ? rest.Length : length;
        Row.Add(new(_at, length, _at - _lineStart + 1, IsEscaped: false));
        _at += length;
    }

    private bool OpensQuote()
    {
        var at = _at;
        while (at < content.Length && IsBlank(content[at]) && content[at] != separator)
        {
            at++;
        }

        var isQuote = at < content.Length && content[at] == Quote;
        _at = isQuote ? at : _at;
        return isQuote;
    }

    private void ReadQuoted()
    {
        var (openedAt, position, isEscaped) = (_line, _at - _lineStart + 1, false);
        var start = ++_at;
        while (true)
        {
            var step = content.AsSpan(_at).IndexOfAny(Quote, (byte)'\n', (byte)'\r');
            if (step < 0)
            {
                throw new DataException(DataCodes.Quotes, $"{Position(openedAt, position)}: the quote that opens here is never closed.");
            }

            _at += step;
            if (content[_at] != Quote)
            {
                TakeLineEnd();
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

        Row.Add(new(start, _at - start, position, isEscaped));
        _at++;
    }

    private bool IsAtEndOfField()
    {
        var at = _at;
        while (separator != Blank && at < content.Length && IsBlank(content[at]) && content[at] != separator)
        {
            at++;
        }

        if (at < content.Length
            && content[at] != separator
            && content[at] is not ((byte)'\n' or (byte)'\r')
            && (separator != Blank || content[at] != (byte)'\t'))
        {
            return false;
        }

        _at = at;
        return true;
    }

    private bool TakeSeparator()
    {
        if (separator == Blank)
        {
            return SkipBlanks() && _at < content.Length && content[_at] is not ((byte)'\n' or (byte)'\r');
        }

        if (_at < content.Length && content[_at] == separator)
        {
            _at++;
            return true;
        }

        return false;
    }

    private bool SkipBlanks()
    {
        var before = _at;
        while (_at < content.Length && IsBlank(content[_at]))
        {
            _at++;
        }

        return _at > before;
    }

    private void TakeLineEnd()
    {
        if (_at < content.Length && content[_at] == (byte)'\r')
        {
            _at++;
            _at += _at < content.Length && content[_at] == (byte)'\n' ? 1 : 0;
        }
        else if (_at < content.Length)
        {
            _at++;
        }

        _line++;
    }

    private static bool IsBlank(byte one) => one is Blank or (byte)'\t';

    private string Position(int line, int column) => string.Create(CultureInfo.InvariantCulture, $"{name}:{line}:{column}");
}

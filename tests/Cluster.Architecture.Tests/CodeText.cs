using System.Text;

namespace SearchCluster.Architecture.Tests;

/// <summary>What of a source is code: comments, characters and texts go; what stands in the holes of a text stays.</summary>
internal sealed class CodeText(string source)
{
    private readonly StringBuilder _code = new(source.Length);
    private int _at;

    /// <summary>Reads a source.</summary>
    /// <returns>Its code; each text is an empty one, with the code of its holes in it.</returns>
    public static string Of(string source)
    {
        var reading = new CodeText(source);
        reading.ReadCode(isHole: false);
        return reading._code.ToString();
    }

    private char Current => source[_at];

    private void ReadCode(bool isHole)
    {
        var open = 0;
        while (_at < source.Length)
        {
            if (Sees("//"))
            {
                SkipTo("\n", behind: false);
            }
            else if (Sees("/*"))
            {
                SkipTo("*/", behind: true);
            }
            else if (Current == '\'')
            {
                SkipCharacter();
            }
            else if (TextBegins())
            {
                ReadText();
            }
            else if (isHole && Current == '}' && open-- == 0)
            {
                return;
            }
            else
            {
                open += isHole && Current == '{' ? 1 : 0;
                _code.Append(source[_at++]);
            }
        }
    }

    private void ReadText()
    {
        var prefix = Count(c => c is '$' or '@');
        var dollars = source.AsSpan(_at, prefix).Count('$');
        var isVerbatim = source.AsSpan(_at, prefix).Contains('@');
        _at += prefix;
        var quotes = Count(c => c == '"');
        _code.Append('"');
        if (quotes == 2)
        {
            _at += 2;
        }
        else
        {
            var isRaw = quotes > 2 && !isVerbatim;
            _at += isRaw ? quotes : 1;
            while (_at < source.Length && !EndsText(isRaw, isVerbatim, quotes))
            {
                ReadTextPart(isRaw, isVerbatim, dollars);
            }
        }

        _code.Append('"');
    }

    private bool EndsText(bool isRaw, bool isVerbatim, int quotes)
    {
        if (Current != '"')
        {
            return !isRaw && !isVerbatim && Current == '\n';
        }

        var found = Count(c => c == '"');
        if (isRaw ? found < quotes : isVerbatim && found >= 2)
        {
            _at += isRaw ? found : 2;
            return _at >= source.Length || EndsText(isRaw, isVerbatim, quotes);
        }

        _at += isRaw ? found : 1;
        return true;
    }

    private void ReadTextPart(bool isRaw, bool isVerbatim, int dollars)
    {
        if (Current == '\\' && !isRaw && !isVerbatim)
        {
            _at += 2;
        }
        else if (dollars > 0 && Current == '{')
        {
            var braces = Count(c => c == '{');
            _at += braces;

            // Doubled braces of an ordinary text, and too few of a raw one, are characters.
            if (isRaw ? braces >= dollars : braces % 2 == 1)
            {
                _code.Append(' ');
                ReadCode(isHole: true);
                _at += isRaw ? dollars : 1;
                _code.Append(' ');
            }
        }
        else
        {
            _at++;
        }
    }

    // A quote that begins no character stands in the format of a hole.
    private void SkipCharacter()
    {
        var end = _at + 1 < source.Length && source[_at + 1] == '\\' ? source.IndexOf('\'', Math.Min(_at + 3, source.Length)) : _at + 2;
        _at = end > 0 && end < source.Length && source[end] == '\'' ? end + 1 : _at + 1;
    }

    private bool TextBegins()
    {
        var prefix = Count(c => c is '$' or '@');
        return _at + prefix < source.Length && source[_at + prefix] == '"';
    }

    private bool Sees(string text) => string.CompareOrdinal(source, _at, text, 0, text.Length) == 0;

    private void SkipTo(string text, bool behind)
    {
        var end = source.IndexOf(text, _at + text.Length, StringComparison.Ordinal);
        _at = end < 0 ? source.Length : end + (behind ? text.Length : 0);
    }

    private int Count(Func<char, bool> isOne)
    {
        var end = _at;
        while (end < source.Length && isOne(source[end]))
        {
            end++;
        }

        return end - _at;
    }
}

using System.Text;

namespace SearchCluster.Contracts.Text;

/// <summary>Brings text of unknown origin (a user's exception, a file's message) into a form that is kept and shown without harm.</summary>
public static class ForeignText
{
    /// <summary>Makes one line: white space becomes single blanks, control characters and writing-direction
    /// marks become visible, the end is cut.</summary>
    /// <param name="text">Any text; null counts as empty.</param>
    /// <param name="maximumLength">Most characters of the result, at least 1; a text that is cut ends with an ellipsis.</param>
    /// <returns>A line of valid Unicode.</returns>
    public static string OneLine(string? text, int maximumLength)
    {
        var line = new StringBuilder();
        var isBlank = false;

        // A lone half of a surrogate pair comes as U+FFFD.
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                isBlank = line.Length > 0;
                continue;
            }

            _ = isBlank ? line.Append(' ') : line;
            isBlank = false;
            line.Append(SafeText.Of(rune));
            if (line.Length > maximumLength)
            {
                return Cut(line.ToString(), maximumLength);
            }
        }

        return line.ToString();
    }

    /// <summary>Makes a text of several lines, such as a stack, harmless: control characters but line ends
    /// become visible, the end is cut.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximumBytes">Most bytes of the result as UTF-8, at least 4.</param>
    /// <returns>Lines of valid Unicode that end with '\n'.</returns>
    public static string Lines(string text, int maximumBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\r')
            {
                continue;
            }

            var start = lines.Length;
            _ = rune.Value is '\n' or '\t' ? lines.Append((char)rune.Value) : null;
            if (lines.Length == start)
            {
                lines.Append(SafeText.Of(rune));
            }

            bytes += Encoding.UTF8.GetByteCount(lines.ToString(start, lines.Length - start));
            if (bytes > maximumBytes)
            {
                lines.Length = start;
                break;
            }
        }

        return lines.ToString();
    }

    private static string Cut(string line, int maximumLength)
    {
        var end = maximumLength - 1;
        end -= end > 0 && char.IsHighSurrogate(line[end - 1]) ? 1 : 0;
        return line[..end] + "…";
    }
}

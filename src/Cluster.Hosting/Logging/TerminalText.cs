using System.Globalization;
using System.Text;

namespace SearchCluster.Hosting.Logging;

/// <summary>Makes text harmless for a terminal.</summary>
public static class TerminalText
{
    /// <summary>Shows control characters and marks that reorder text as <c>\u001B</c>; keeps line ends and tabs where wanted.</summary>
    /// <param name="text">Any text, for example a name that a user gave.</param>
    /// <param name="keepLines">True to keep line feeds and tabs; false to show them too.</param>
    /// <returns>The same text when it was harmless.</returns>
    public static string Neutralise(string text, bool keepLines = false)
    {
        var first = IndexOfHarmful(text, keepLines);
        if (first < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 8).Append(text, 0, first);
        foreach (var c in text.AsSpan(first))
        {
            if (IsHarmful(c, keepLines))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    private static int IndexOfHarmful(string text, bool keepLines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHarmful(text[i], keepLines))
            {
                return i;
            }
        }

        return -1;
    }

    // Format characters hold the bidirectional overrides, with which a name can be made to read backwards.
    private static bool IsHarmful(char c, bool keepLines) =>
        (char.IsControl(c) && !(keepLines && c is '\n' or '\t'))
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

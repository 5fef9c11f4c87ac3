using System.Globalization;
using System.Text;

namespace SearchCluster.Contracts.Text;

/// <summary>Makes foreign text harmless for a terminal: control characters, escape sequences and writing-direction marks become visible.</summary>
public static class SafeText
{
    /// <summary>Shows control characters as <c>\x1B</c> and direction marks as <c>\u202E</c>; a harmless text comes back unchanged.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.Any(NeedsEscape))
        {
            return text ?? string.Empty;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = NeedsEscape(character) ? safe.Append(Escape(character)) : safe.Append(character);
        }

        return safe.ToString();
    }

    /// <summary>The same for a text of several lines: line ends stay.</summary>
    public static string OfLines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Of));

    private static string Escape(char character) => character <= 0xFF
        ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}")
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");

    private static bool NeedsEscape(char character) =>
        char.IsControl(character)
        || character is (>= '\u200E' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u061C' or '\uFEFF';
}

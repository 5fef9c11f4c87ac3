using System.Globalization;
using System.Text;

namespace SearchCluster.Contracts.Text;

/// <summary>Makes foreign text harmless for a terminal: control characters, escape sequences and
/// writing-direction marks become visible.</summary>
/// <remarks>The one rule for console, log, journal and messages. Joiners and soft hyphens stay, since names in
/// many scripts and emoji need them.</remarks>
public static class SafeText
{
    /// <summary>Shows control characters as <c>\x1B</c> and direction marks as <c>\u202E</c>.</summary>
    /// <param name="text">Any text; null counts as empty.</param>
    /// <returns>One line; a harmless text comes back unchanged.</returns>
    public static string Of(string? text) => Shown(text ?? string.Empty, kept: "");

    /// <summary>The same for a text of several lines, such as a stack: line ends and tabs stay.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Lines that are separated by '\n'.</returns>
    public static string OfLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Shown(text.ReplaceLineEndings("\n"), kept: "\n\t");
    }

    /// <summary>Shows one character.</summary>
    /// <param name="rune">Any character.</param>
    /// <returns>The character, or its escape.</returns>
    public static string Of(Rune rune) => rune.IsBmp && IsHarmful((char)rune.Value) ? Escape((char)rune.Value) : rune.ToString();

    private static string Shown(string text, string kept)
    {
        var first = IndexOfHarmful(text, kept);
        if (first < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16).Append(text, 0, first);
        foreach (var character in text.AsSpan(first))
        {
            _ = IsHarmful(character) && !kept.Contains(character) ? safe.Append(Escape(character)) : safe.Append(character);
        }

        return safe.ToString();
    }

    private static int IndexOfHarmful(string text, string kept)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHarmful(text[i]) && !kept.Contains(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Escape(char character) => character <= 0xFF
        ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}")
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");

    private static bool IsHarmful(char character) =>
        char.IsControl(character)
        || character is (>= '\u200E' and <= '\u200F')
            or (>= '\u2028' and <= '\u202E')
            or (>= '\u2066' and <= '\u2069')
            or '\u061C'
            or '\uFEFF';
}

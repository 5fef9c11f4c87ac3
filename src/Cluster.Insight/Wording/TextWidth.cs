using System.Buffers;
using System.Globalization;
using System.Text;

namespace SearchCluster.Insight.Wording;

/// <summary>How many columns of a terminal a text takes: a Chinese character two, an accent of its own none.</summary>
public static class TextWidth
{
    private const string Cuts = "...";

    private static readonly SearchValues<char> OneColumnWide = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    // The wide and full-width blocks of Unicode's East Asian Width, and the pictures.
    private static readonly (int First, int Last)[] TwoColumnsWide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Measures a text without control characters.</summary>
    /// <returns>Its width in columns.</returns>
    public static int Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAnyExcept(OneColumnWide) ? text.EnumerateRunes().Sum(Of) : text.Length;
    }

    /// <summary>Cuts a text that is wider than its place; three points take the place of the rest.</summary>
    /// <param name="text">Of any width, without control characters.</param>
    /// <param name="width">The place, at least four columns where it is narrower than the text.</param>
    /// <returns>A text of at most that width.</returns>
    public static string Cut(string text, int width)
    {
        if (Of(text) <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        var room = width - Cuts.Length;
        foreach (var rune in text.EnumerateRunes())
        {
            room -= Of(rune);
            if (room < 0)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append(Cuts).ToString();
    }

    private static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => TwoColumnsWide.Any(block => rune.Value >= block.First && rune.Value <= block.Last) ? 2 : 1,
    };
}

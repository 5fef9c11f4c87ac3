using System.Globalization;
using System.Text;

namespace SearchCluster.Models;

/// <summary>Shows text of unknown origin in a message: at most 40 characters, control characters made visible.</summary>
internal static class DisplayText
{
    private const int MaximumLength = 40;
    private const int LongestPath = 160;

    public static string Shorten(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MaximumLength))
        {
            shown.Append(Show(rune));
        }

        return shown.Length < text.Length && text.Length > MaximumLength ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The end of a path, which is what tells one file from another.</summary>
    public static string ShortenPath(string path)
    {
        var shown = string.Concat(path.EnumerateRunes().Select(Show));
        return shown.Length > LongestPath ? "…" + shown[^LongestPath..] : shown;
    }

    private static string Show(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control when rune.Value < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
            string.Create(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>"),
        _ => rune.ToString(),
    };
}

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
            shown.Append(SafeText.Of(rune));
        }

        return shown.Length < text.Length && text.Length > MaximumLength ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The end of a path, which is what tells one file from another.</summary>
    public static string ShortenPath(string path)
    {
        var shown = SafeText.Of(path);
        return shown.Length > LongestPath ? "…" + shown[^LongestPath..] : shown;
    }
}

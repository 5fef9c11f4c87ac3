using System.Globalization;
using System.Text;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Words for the characters of a text.</summary>
internal static class TextCharacters
{
    private const int Shown = 5;

    /// <summary>Names a character with its code; one that cannot be seen by its code alone.</summary>
    public static string Name(Rune rune) => Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)
        ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}")
        : string.Create(CultureInfo.InvariantCulture, $"{DisplayText.Shorten(rune.ToString())} (U+{rune.Value:X4})");

    /// <summary>Names the place of a character by file, line and column, each from 1.</summary>
    /// <param name="name">The file.</param>
    /// <param name="text">All characters of the file.</param>
    /// <param name="place">Number of the character.</param>
    public static string PlaceOf(string name, Rune[] text, int place)
    {
        var line = text.Take(place).Count(rune => rune.Value == '\n') + 1;
        var start = Array.FindLastIndex(text, Math.Max(0, place - 1), rune => rune.Value == '\n') + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{name}:{line}:{(place == 0 ? 0 : place - start) + 1}");
    }

    /// <summary>Tells of characters that no training row has.</summary>
    /// <param name="untrained">Those characters.</param>
    /// <param name="text">Where they are looked for.</param>
    /// <param name="what">What that is, as the sentence calls it.</param>
    /// <param name="subject">Begins the sentence.</param>
    /// <param name="therefore">What follows from it.</param>
    /// <returns>One sentence, or none.</returns>
    public static IEnumerable<string> Tell(string untrained, IEnumerable<Rune> text, string what, string subject, string therefore)
    {
        var never = untrained.EnumerateRunes().ToHashSet();
        if (never.Count == 0)
        {
            yield break;
        }

        var all = text.ToList();
        var found = all.Where(never.Contains).CountBy(rune => rune)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key)
            .ToList();
        if (found.Count > 0)
        {
            var count = found.Sum(entry => entry.Value);
            var share = string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / all.Count:0.##} %");
            var listed = string.Join(", ", found.Take(Shown).Select(entry =>
                string.Create(CultureInfo.InvariantCulture, $"{Name(entry.Key)} {entry.Value} time(s)")));
            yield return string.Create(CultureInfo.InvariantCulture, $"{subject}{count} of {all.Count} {what} ({share}) are ones that the "
                + $"training part never has, {therefore}: {listed}{(found.Count > Shown ? ", …" : "")}.");
        }
    }
}

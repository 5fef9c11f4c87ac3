using System.Globalization;
using System.Text;

namespace SearchCluster.Specs.Text;

/// <summary>Makes user text safe and short enough for a message.</summary>
internal static class Display
{
    private const int LongestText = 40;

    /// <summary>Cuts text at 40 characters and names what does not show as itself.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Text without controls, direction marks or unusual spaces: those appear as <c>U+202E</c>.</returns>
    public static string Text(string text) => Cut(text, LongestText);

    /// <summary>As <see cref="Text"/>, for paths and lists that need more room.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">Characters kept.</param>
    /// <returns>Printable text.</returns>
    public static string Cut(string text, int length)
    {
        var builder = new StringBuilder();
        var shown = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown++ == length)
            {
                return builder.Append('…').ToString();
            }

            if (IsPlain(rune))
            {
                builder.Append(rune.ToString());
            }
            else
            {
                builder.Append(CodePoint(rune));
            }
        }

        return builder.ToString();
    }

    /// <summary>Puts text between quotes.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>For example <c>"flot"</c>.</returns>
    public static string Quoted(string text) => $"\"{Text(text)}\"";

    /// <summary>Names a character.</summary>
    /// <param name="rune">Any character.</param>
    /// <returns>For example <c>U+00A0</c>.</returns>
    public static string CodePoint(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    /// <summary>Lists names.</summary>
    /// <returns><c>a, b, c</c>; at most ten, then an ellipsis.</returns>
    public static string List(IEnumerable<string> names)
    {
        var shown = names.Take(11).Select(Text).ToArray();
        return shown.Length <= 10 ? string.Join(", ", shown) : string.Join(", ", shown[..10]) + ", …";
    }

    /// <summary>As <see cref="IsPlain"/> for one UTF-16 unit; halves of a pair count as plain.</summary>
    /// <param name="character">Any unit.</param>
    /// <returns>True when it may be printed as it is.</returns>
    public static bool IsPlainCharacter(char character) => char.IsSurrogate(character) || IsPlain(new Rune(character));

    /// <summary>Tells whether a character shows as itself.</summary>
    /// <param name="rune">Any character.</param>
    /// <returns>False for controls, format characters and spaces other than U+0020.</returns>
    public static bool IsPlain(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}

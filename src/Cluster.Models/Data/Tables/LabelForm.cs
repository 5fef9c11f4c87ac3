using System.Globalization;
using System.Text;

namespace SearchCluster.Models.Data.Tables;

/// <summary>What is left of a label without what people write by mistake or do not see: case, blanks, signs that look alike, a dot at the
/// end, the notation of a number.</summary>
/// <remarks>Source: of Unicode Technical Standard 39 the capitals of Cyrillic and Greek that look Latin; see
/// <see cref="SignForms"/>.</remarks>
internal static class LabelForm
{
    private const string LookAlikes = "АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", Latin = "ABEKMHOPCTYXIJSABEZHIKMNOPTYX";
    private const int MostCodes = 4;

    /// <summary>Names a label so that what cannot be seen is told: with the codes of its signs beyond ASCII.</summary>
    public static string Visible(string label)
    {
        var codes = label.EnumerateRunes().Where(rune => !rune.IsAscii).Select(rune => string.Create(CultureInfo.InvariantCulture,
            $"U+{rune.Value:X4}")).ToList();
        return $"'{DisplayText.Shorten(label)}'"
            + $"{(codes.Count == 0 ? "" : $" ({string.Join(' ', codes.Take(MostCodes))}{(codes.Count > MostCodes ? " …" : "")})")}";
    }

    /// <summary>Brings a label into the form.</summary>
    public static string Of(string label)
    {
        var plain = string.Join(' ', Alike(label).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', ' ');
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : plain;
    }

    private static string Alike(string label)
    {
        var capitals = SignForms.Decompose(label.ToUpperInvariant());
        var text = new StringBuilder();
        for (var i = 0; i < capitals.Length; i++)
        {
            var sign = capitals[i];
            var isBetweenLetters = i > 0 && i + 1 < capitals.Length && char.IsLetter(capitals[i - 1]) && char.IsLetter(capitals[i + 1]);
            var category = char.GetUnicodeCategory(sign);
            _ = category == UnicodeCategory.Format ? text
                : category == UnicodeCategory.DashPunctuation || sign == '\u2212' ? text.Append(isBetweenLetters ? ' ' : '-')
                : sign == '_' ? text.Append(' ')
                : sign is '\u2018' or '\u2019' or '\u201B' or '\u00B4' or '`' or '\u02BC' ? text.Append('\'')
                : sign is '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' ? text.Append('"')
                : LookAlikes.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at ? text.Append(Latin[at])
                : text.Append(sign);
        }

        return text.ToString();
    }

    /// <summary>Finds a label that is the same in this form.</summary>
    /// <returns>Null where none is.</returns>
    public static string? Find(IEnumerable<string> labels, string wanted) =>
        Of(wanted) is var form ? labels.FirstOrDefault(label => Of(label) == form) : null;
}

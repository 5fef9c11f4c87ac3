using System.Text.RegularExpressions;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Finds texts that are numbers, times or dates in a notation that is not read, so that nobody takes their categories for
/// amounts.</summary>
/// <remarks>
/// No list of notations: what begins with a digit behind signs, and has few letters, is an amount to a person (1.5k, 1/8, 08:00, 1h30m,
/// 0x1F, 10-20, digits of any script). Names such as A1 begin with a letter.
/// </remarks>
internal static partial class OtherNotation
{
    private const int MostLetters = 3;

    private static readonly char[] Quotes = ['\'', '`', '\u00B4', '\u2018', '\u2019', '\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB'];

    /// <summary>Finds numbers between single or typographic quotes, as dumps of data bases write them, or behind the apostrophe with which
    /// a spreadsheet marks a text.</summary>
    /// <returns>One of them; null unless all are such.</returns>
    public static string? Quoted(IReadOnlyCollection<string> texts) =>
        texts.Count > 0 && texts.All(text => text.Length > 1 && Quotes.Contains(text[0])
            && NumberText.Read(text.Trim(Quotes)) is { Point: true } or { Comma: true }) ? texts.First() : null;

    /// <summary>Finds an example where at least half of the texts are such.</summary>
    /// <param name="texts">The different ones, without plain numbers.</param>
    /// <returns>Null where they are not.</returns>
    public static string? Example(IReadOnlyCollection<string> texts)
    {
        var such = texts.Where(IsAmount).ToList();
        return such.Count > 1 && such.Count * 2 >= texts.Count ? such[0] : null;
    }

    private static bool IsAmount(string text)
    {
        if (MonthAndNumber().IsMatch(text) || Duration().IsMatch(text) || NumberAndWord().IsMatch(text) || Hexadecimal().IsMatch(text))
        {
            return true;
        }

        var letters = text.Count(char.IsLetter);
        var first = text.FirstOrDefault(char.IsLetterOrDigit);
        return char.IsDigit(first) && letters <= MostLetters;
    }

    [GeneratedRegex("^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ .,]+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ "
        + ".,-]+[0-9]{1,4}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MonthAndNumber();

    [GeneratedRegex("^[-+]?P(?=[0-9T])([0-9.,]+[YMWD])*(T([0-9.,]+[HMS])+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    // 1 lakh, 3.5 crore, 20 minutes: one word behind a number is its unit.
    [GeneratedRegex(@"^[-+]?[0-9][0-9.,]*\s+\p{L}{1,9}\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAndWord();

    [GeneratedRegex("^[-+]?0x[0-9a-f]+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Hexadecimal();
}

using System.Globalization;
using System.Text.RegularExpressions;
using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Reads numbers as people write them: decimal commas, grouped digits, currencies, percent, no-break blanks.</summary>
internal static partial class NumberText
{
    private const int LongestBody = 64;

    /// <summary>Marks that group digits, beside the one of '.' and ',' that is not the decimal mark.</summary>
    private static readonly char[] Neutral = [' ', '\''];

    /// <summary>Says what a text may be.</summary>
    public static NumberReadings Read(string text) => TrySplit(text, out var body, out var unit)
        ? new(
            unit,
            Fits(body, '.', out var underPoint),
            underPoint,
            Fits(body, ',', out var underComma),
            underComma,
            body.AsSpan().ContainsAny('.', ','))
        : default;

    /// <summary>Reads a text in a known notation.</summary>
    public static bool TryParse(string text, NumberNotation notation, out double value)
    {
        value = 0;
        if (notation.Date is { } order)
        {
            return DateText.TryParse(text, order, out value);
        }

        // A percentage differs from a plain number by its value, an amount of money does not.
        return TrySplit(text, out var body, out var unit)
            && (unit == (notation.Unit ?? "") || (unit.Length == 0 && notation.Unit is not ("%" or "‰")))
            && TryParse(
                body,
                notation.Decimal[0],
                notation.Thousands is { Length: 1 } mark && body.Contains(mark[0], StringComparison.Ordinal) ? mark[0] : '\0',
                out value);
    }

    private static bool Fits(string body, char decimalMark, out char group)
    {
        group = '\0';
        if (TryParse(body, decimalMark, '\0', out _))
        {
            return true;
        }

        foreach (var mark in (ReadOnlySpan<char>)[decimalMark == '.' ? ',' : '.', .. Neutral])
        {
            if (body.Contains(mark, StringComparison.Ordinal) && TryParse(body, decimalMark, mark, out _))
            {
                group = mark;
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(string body, char decimalMark, char group, out double value)
    {
        value = 0;
        var isSigned = body is ['+' or '-', ..];
        var digits = body.AsSpan(isSigned ? 1 : 0);
        var end = digits.IndexOfAny([decimalMark, 'e', 'E']);
        var whole = end < 0 ? digits : digits[..end];
        if (digits.Length is 0 or > LongestBody || !char.IsAsciiDigit(digits[^1]) || (group != '\0' && !IsGrouped(whole, group)))
        {
            return false;
        }

        Span<char> plain = stackalloc char[LongestBody];
        var length = 0;
        foreach (var one in digits)
        {
            if (one == group && group != '\0')
            {
                continue;
            }

            if (one != decimalMark && one is not (>= '0' and <= '9' or 'e' or 'E' or '+' or '-'))
            {
                return false;
            }

            plain[length++] = one == decimalMark ? '.' : one;
        }

        if (!double.TryParse(
            plain[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        value = isSigned && body[0] == '-' ? -value : value;
        return true;
    }

    // One to three digits, then groups of three; a number that begins with 0 has no thousands.
    private static bool IsGrouped(ReadOnlySpan<char> whole, char group)
    {
        var first = whole.IndexOf(group);
        if (first is < 1 or > 3 || whole[0] == '0' || (whole.Length - first) % 4 != 0)
        {
            return false;
        }

        for (var at = 0; at < whole.Length; at++)
        {
            if ((whole[at] == group) != (at >= first && (at - first) % 4 == 0))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TrySplit(string text, out string body, out string unit)
    {
        (body, unit) = ("", "");
        if (text.Length > LongestBody * 2)
        {
            return false;
        }

        var match = Parts().Match(Normalise(text));
        var (before, after) = (match.Groups["before"].Value, match.Groups["after"].Value);
        if (!match.Success || (before.Length > 0 && after.Length > 0))
        {
            return false;
        }

        var sign = match.Groups["outer"].Value + match.Groups["inner"].Value;
        (body, unit) = ((sign.Length > 0 ? sign : "") + match.Groups["body"].Value, before.Length > 0 ? before : after);
        return sign.Length < 2;
    }

    // No-break blanks, typographic apostrophes and minus signs are what spreadsheets write.
    private static string Normalise(string text) =>
        text
            .Trim()
            .Replace('\u00A0', ' ')
            .Replace('\u202F', ' ')
            .Replace('\u2009', ' ')
            .Replace('\u2019', '\'')
            .Replace('\u2212', '-')
            .Replace('％', '%');

    // Of a regular expression: signs and names of currencies, per cent and per mille.
    private const string Unit = @"(?:(?:US|R|A|C|HK|NZ)?\p{Sc}|%|‰|EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK|BRL"
        + @"|Rs\.?|Fr\.?|kr\.?)";

    [GeneratedRegex(
        $"^(?<outer>[+-]?) ?(?<before>{Unit})? ?(?<inner>[+-]?) ?(?<body>[.,]?[0-9](?:[0-9.,' ]*[0-9])?(?:[eE][+-]?[0-9]+)?)"
            + $" ?(?<after>{Unit})?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}

/// <summary>What a text may be as a number.</summary>
/// <param name="Unit">What stands before or behind it; null where it is no number.</param>
/// <param name="Point">A number with a decimal point.</param>
/// <param name="PointGroup">What groups its digits then.</param>
/// <param name="Comma">A number with a decimal comma.</param>
/// <param name="CommaGroup">What groups its digits then.</param>
/// <param name="HasMark">Whether it has a point or a comma, so that the two differ.</param>
internal readonly record struct NumberReadings(string? Unit, bool Point, char PointGroup, bool Comma, char CommaGroup, bool HasMark);

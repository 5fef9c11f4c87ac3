using System.Globalization;
using System.Text.RegularExpressions;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Reads dates, with or without a time, as days since 1970-01-01.</summary>
internal static partial class DateText
{
    private const int Longest = 64;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The orders of its parts under which a text is a date without doubt of its year; none for other texts.</summary>
    public static DateOrders OrdersOf(string text)
    {
        var trimmed = text.Trim();
        if (MonthOnly().IsMatch(trimmed))
        {
            return TryParse(trimmed, DateOrder.Iso, out _) ? DateOrders.Iso : DateOrders.None;
        }

        if (trimmed.Length is < 8 or > Longest || (!Numbers().IsMatch(trimmed) && !Named().IsMatch(trimmed)))
        {
            return DateOrders.None;
        }

        // A year of two digits may be a day as well, and 1.2.3 a version.
        if (Numbers().Match(trimmed) is { Success: true } match && match.Groups["a"].Length < 4 && match.Groups["c"].Length < 4)
        {
            return DateOrders.None;
        }

        var orders = DateOrders.None;
        orders |= TryParse(trimmed, DateOrder.Iso, out _) ? DateOrders.Iso : 0;
        orders |= TryParse(trimmed, DateOrder.DayFirst, out _) ? DateOrders.DayFirst : 0;

        // Points stand between the parts of dates only where the day comes first.
        orders |= TryParse(trimmed, DateOrder.MonthFirst, out _) && (orders.HasFlag(DateOrders.Iso) || !trimmed.AsSpan(0, 3).Contains('.'))
            ? DateOrders.MonthFirst
            : 0;
        return orders;
    }

    /// <summary>Reads a date whose order is known; its year may then have two digits.</summary>
    public static bool TryParse(string text, DateOrder order, out double days)
    {
        days = 0;
        if (text.Length > Longest)
        {
            return false;
        }

        var trimmed = text.Trim();
        if (Named().Match(trimmed) is { Success: true } named)
        {
            var month = Array.FindIndex(
                Months, name => named.Groups["month"].Value.StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1;
            return TryDays(named, Part(named, "year"), month, Part(named, "day"), out days);
        }

        if (MonthOnly().Match(trimmed) is { Success: true } whole)
        {
            return order == DateOrder.Iso && TryDays(whole, Part(whole, "a"), Part(whole, "b"), 1, out days);
        }

        if (Numbers().Match(trimmed) is not { Success: true } match)
        {
            return Compact().Match(trimmed) is { Success: true } compact
                && order == DateOrder.Iso
                && TryDays(compact, Part(compact, "a"), Part(compact, "b"), Part(compact, "c"), out days);
        }

        var (first, second, third) = (Part(match, "a"), Part(match, "b"), Part(match, "c"));
        var isYearFirst = match.Groups["a"].Length == 4;
        return isYearFirst == (order == DateOrder.Iso) && order switch
        {
            DateOrder.Iso => TryDays(match, first, second, third, out days),
            DateOrder.DayFirst => TryDays(match, Year(match.Groups["c"].Value), second, first, out days),
            _ => TryDays(match, Year(match.Groups["c"].Value), first, second, out days),
        };

        // As C and Python take years of two digits: 69 to 99 lie in the last century.
        static int Year(string digits) =>
            int.Parse(digits, CultureInfo.InvariantCulture) is var year && digits.Length > 2 ? year : year + (year < 69 ? 2000 : 1900);
    }

    /// <summary>Writes days since 1970-01-01 as a date for people.</summary>
    public static string Format(double days) => Math.Abs(days) < 700_000 && DateTime.UnixEpoch.AddDays(days) is var date
        ? date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : days.ToString("R", CultureInfo.InvariantCulture);

    private static bool TryDays(Match match, int year, int month, int day, out double days)
    {
        days = 0;
        var (hour, minute, second) = (Part(match, "hour"), Part(match, "minute"), match.Groups["second"] is { Success: true } text
            ? double.Parse(text.Value, CultureInfo.InvariantCulture)
            : 0);
        var half = match.Groups["half"].Value;
        hour = half.Length == 0 ? hour : (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        if (year is < 1 or > 9999
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
            || second >= 61)
        {
            return false;
        }

        var zone = match.Groups["zone"].Value.Replace(":", "", StringComparison.Ordinal);
        var offset = zone.Length >= 3
            ? (zone[0] == '-' ? -1 : 1) * ((int.Parse(zone[1..3], CultureInfo.InvariantCulture) * 60) + (zone.Length == 5
                ? int.Parse(zone[3..], CultureInfo.InvariantCulture)
                : 0))
            : 0;
        var whole = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalDays;
        days = whole + (((((hour * 60) + minute - offset) * 60) + second) / 86_400);
        return true;
    }

    private static int Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    // Of regular expressions: the name of a month, and the time of day that may follow a date.
    private const string Month = "(?<month>(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
        + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))";

    private const string Time = "(?:[T ,]+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2}(?:\\.[0-9]{1,9})?))?"
        + " ?(?<half>[AaPp][Mm])? ?(?<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?";

    [GeneratedRegex(
        $"^(?<a>[0-9]{{4}}|[0-9]{{1,2}})(?<mark>[-./])(?<b>[0-9]{{1,2}})\\k<mark>(?<c>[0-9]{{4}}|[0-9]{{1,2}}){Time}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex(
        $"^(?:(?<day>[0-9]{{1,2}})[- .]+{Month}[-., ]+|{Month}[. ]+(?<day>[0-9]{{1,2}})[, ]+)(?<year>[0-9]{{4}}){Time}$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex("^(?<a>[0-9]{4})[-/](?<b>[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex MonthOnly();

    [GeneratedRegex("^(?<a>[0-9]{4})(?<b>[0-9]{2})(?<c>[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Compact();
}

/// <summary>Orders under which a text is a date.</summary>
[Flags]
internal enum DateOrders
{
    /// <summary>It is no date.</summary>
    None = 0,

    /// <summary>Year first, or the month has a name.</summary>
    Iso = 1,

    /// <summary>Day, month, year.</summary>
    DayFirst = 2,

    /// <summary>Month, day, year.</summary>
    MonthFirst = 4,
}

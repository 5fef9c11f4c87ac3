using System.Buffers;
using System.Globalization;

namespace SearchCluster.Contracts.Text;

/// <summary>Durations for people, in one notation: what <see cref="Of"/> writes, <see cref="TryParse"/> reads.</summary>
public static class Durations
{
    /// <summary>The notation in words.</summary>
    public const string Rule = "write 90s, 30m, 1h30m, 2d";

    // Of the smallest unit the longest duration has fewer; above this an amount times its unit could overflow.
    private const decimal MostOfAUnit = 1e15m;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Name, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>The longest that is read.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3650);

    /// <summary>Writes a duration; the same in every culture.</summary>
    /// <param name="duration">Whole seconds, as limits are, are written exactly; of others the two or three largest units.</param>
    /// <returns>For example <c>12 ms</c>, <c>4.2 s</c>, <c>3m 05s</c>, <c>1h 30m</c>.</returns>
    public static string Of(TimeSpan duration) => duration switch
    {
        { Ticks: < 0 } => "-" + Of(duration == TimeSpan.MinValue ? TimeSpan.MaxValue : duration.Negate()),
        { Ticks: 0 } => "0 s",
        { Ticks: < TimeSpan.TicksPerMillisecond } => Text(duration.TotalMicroseconds, "0", "us"),
        { Ticks: < TimeSpan.TicksPerSecond } => Text(duration.TotalMilliseconds, "0", "ms"),
        { Ticks: < TimeSpan.TicksPerMinute } => Text(duration.TotalSeconds, IsWhole(duration) ? "0" : "0.0", "s"),
        _ => Parts(duration),
    };

    /// <summary>Reads a duration as people write it: <c>90s</c>, <c>1h30m</c>, <c>1.5 h</c>, <c>250ms</c>; a plus may stand
    /// before it.</summary>
    /// <param name="text">Amounts with their units, the largest unit first, each at most once; blanks may stand after each.</param>
    /// <param name="value">The duration.</param>
    /// <returns>False when the text is of another form or longer than <see cref="Longest"/>.</returns>
    public static bool TryParse(string text, out TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = TimeSpan.Zero;
        var rest = text.StartsWith('+') ? text.AsSpan(1) : text.AsSpan();
        var last = -1;
        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0
                || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                || amount > MostOfAUnit)
            {
                return false;
            }

            rest = rest[digits..].TrimStart(' ');
            var unit = UnitOf(rest);
            if (unit <= last)
            {
                return false;
            }

            ticks += amount * Units[unit].Ticks;
            last = unit;
            rest = rest[Units[unit].Name.Length..].TrimStart(' ');
        }

        if (last < 0 || ticks > Longest.Ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>Reads a duration in whole days, hours, minutes and seconds, as a spec holds it.</summary>
    /// <param name="text">As of <see cref="TryParse"/>, without fractions, smaller units and plus.</param>
    /// <param name="value">The duration.</param>
    /// <returns>False when the text is of another form or longer than <see cref="Longest"/>.</returns>
    public static bool TryParseWhole(string text, out TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = TimeSpan.Zero;
        return text.AsSpan().IndexOfAny('.', '+', 'u') < 0
            && !text.Contains("ms", StringComparison.Ordinal)
            && TryParse(text, out value);
    }

    // The longest name that stands there, so that ms is not read as m; -1 where none does.
    private static int UnitOf(ReadOnlySpan<char> text)
    {
        var found = -1;
        for (var i = 0; i < Units.Length; i++)
        {
            if (text.StartsWith(Units[i].Name) && (found < 0 || Units[i].Name.Length > Units[found].Name.Length))
            {
                found = i;
            }
        }

        return found;
    }

    private static string Parts(TimeSpan duration)
    {
        int[] amounts = [duration.Days, duration.Hours, duration.Minutes, duration.Seconds];
        var first = Array.FindIndex(amounts, amount => amount > 0);
        var last = IsWhole(duration) ? Array.FindLastIndex(amounts, amount => amount > 0) : Math.Min(first + 2, amounts.Length - 1);
        return string.Join(' ', Enumerable.Range(first, last - first + 1).Select(
            i => amounts[i].ToString(i == first ? "0" : "00", CultureInfo.InvariantCulture) + Units[i].Name));
    }

    private static bool IsWhole(TimeSpan duration) => duration.Ticks % TimeSpan.TicksPerSecond == 0;

    private static string Text(double amount, string format, string unit) =>
        amount.ToString(format, CultureInfo.InvariantCulture) + " " + unit;
}

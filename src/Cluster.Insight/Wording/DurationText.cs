using System.Buffers;
using System.Globalization;

namespace SearchCluster.Insight.Wording;

/// <summary>Reads durations as people write them: <c>90s</c>, <c>30m</c>, <c>1h30m</c>, <c>2d</c>, with an optional leading plus.</summary>
public static class DurationText
{
    private const string Units = "dhms";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var rest = text.StartsWith('+') ? text.AsSpan(1) : text.AsSpan();
        var lastUnit = -1;
        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            var length = rest[digits..].StartsWith("ms") ? 2 : 1;
            var unit = length == 2 ? Units.Length : Units.IndexOf(rest[digits]);
            if (unit <= lastUnit)
            {
                return false;
            }

            seconds += number * SecondsOf(unit);
            lastUnit = unit;
            rest = rest[(digits + length)..];
        }

        if (lastUnit < 0 || seconds > TimeSpan.FromDays(3650).TotalSeconds)
        {
            return false;
        }

        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double SecondsOf(int unit) => unit switch { 0 => 86400, 1 => 3600, 2 => 60, 3 => 1, _ => 0.001 };
}

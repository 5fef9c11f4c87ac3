using System.Globalization;
using System.Text.RegularExpressions;

namespace SearchCluster.Specs.Text;

/// <summary>Reads and writes durations such as <c>1h30m</c>.</summary>
internal static partial class Durations
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "write 90s, 30m, 1h30m, 2d";

    /// <summary>Longest duration.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3650);

    /// <summary>Reads a duration.</summary>
    /// <param name="text">Days, hours, minutes and seconds, in this order, each at most once.</param>
    /// <param name="value">The duration.</param>
    /// <returns>False when the text is of another form or longer than <see cref="Longest"/>.</returns>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var match = text.Length == 0 ? Match.Empty : Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var seconds = Part(match, "d", 86_400) + Part(match, "h", 3_600) + Part(match, "m", 60) + Part(match, "s", 1);
        value = seconds <= (decimal)Longest.TotalSeconds ? TimeSpan.FromSeconds((long)seconds) : TimeSpan.Zero;
        return seconds <= (decimal)Longest.TotalSeconds;
    }

    /// <summary>Writes a duration in the form it is read.</summary>
    /// <param name="value">At least 0.</param>
    /// <returns>For example <c>1h30m</c>.</returns>
    public static string Format(TimeSpan value)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{(value.Days > 0 ? $"{value.Days}d" : "")}{(value.Hours > 0 ? $"{value.Hours}h" : "")}{(value.Minutes > 0 ? $"{value.Minutes}m" : "")}{(value.Seconds > 0 ? $"{value.Seconds}s" : "")}");
        return text.Length == 0 ? "0s" : text;
    }

    private static decimal Part(Match match, string name, int seconds) =>
        match.Groups[name] is { Success: true } group ? decimal.Parse(group.ValueSpan, CultureInfo.InvariantCulture) * seconds : 0;

    [GeneratedRegex(
        "^((?<d>[0-9]{1,12})d)?((?<h>[0-9]{1,12})h)?((?<m>[0-9]{1,12})m)?((?<s>[0-9]{1,12})s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

using System.Globalization;

namespace SearchCluster.Insight.Wording;

/// <summary>Numbers, times and words as people read them; the same in every culture.</summary>
public static class Format
{
    /// <summary>Blanks between the columns of a table.</summary>
    public const int ColumnGap = 2;

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "+inf",
        double.NegativeInfinity => "-inf",
        0 => "0",
        _ => value.ToString("G4", CultureInfo.InvariantCulture).Replace('E', 'e'),
    };

    /// <summary>Whole numbers of up to 15 digits as they are, others with four significant digits.</summary>
    public static string Exact(double value) => Math.Abs(value) < 1e15 && value == Math.Truncate(value) ? (value + 0.0).ToString("0",
        CultureInfo.InvariantCulture) : Number(value);

    /// <summary>A value with four significant digits, or its text, in quotes where that reads as a number or the like.</summary>
    public static string Value(ParameterValue value) => value.Kind == ParameterValueKind.Real && value.TryGetNumber(out var number)
        ? Number(number)
        : SafeText.Of(ParameterText.Exact(value));

    public static string Values(ParameterValues values) =>
        string.Join("  ", values.Entries.Select(entry => $"{SafeText.Of(entry.Key)} {Value(entry.Value)}"));

    public static string Percent(double fraction) => (fraction * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>For example <c>12 ms</c>, <c>4.2 s</c>, <c>3m 05s</c>, <c>1h 02m 03s</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1 and > 0 } => (duration.TotalMicroseconds).ToString("0", CultureInfo.InvariantCulture) + " us",
        { TotalSeconds: < 1 } => duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        { TotalMinutes: < 1 } => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}m {duration.Seconds:00}s"),
        { TotalDays: < 1 } =>
            string.Create(CultureInfo.InvariantCulture, $"{duration.Hours}h {duration.Minutes:00}m {duration.Seconds:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays}d {duration.Hours:00}h {duration.Minutes:00}m"),
    };

    /// <summary>Local time and how long ago.</summary>
    public static string Time(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{local} ({Ago(at, now)})";
    }

    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 1 } => "just now",
        { TotalSeconds: < 60 } elapsed => $"{(int)elapsed.TotalSeconds} s ago",
        { TotalMinutes: < 60 } elapsed => $"{(int)elapsed.TotalMinutes} m ago",
        { TotalHours: < 48 } elapsed => $"{(int)elapsed.TotalHours} h ago",
        var elapsed => $"{(int)elapsed.TotalDays} d ago",
    };

    public static string Mebibytes(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture) + " MiB";

    public static string Count(long count, string noun) => Counted.Of(count, noun);

    public static string Shorten(string text, int longest) => text.Length <= longest ? text : text[..(longest - 3)] + "...";
}

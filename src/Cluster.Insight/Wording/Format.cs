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

    /// <summary>Local time and how long ago.</summary>
    public static string Time(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{local} ({Ago(at, now)})";
    }

    /// <summary>The largest unit says enough: <c>3 s ago</c>, <c>5m ago</c>; hours up to two days.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 1 } => "just now",
        { TotalSeconds: < 60 } elapsed => Ago(elapsed, TimeSpan.TicksPerSecond),
        { TotalMinutes: < 60 } elapsed => Ago(elapsed, TimeSpan.TicksPerMinute),
        { TotalHours: < 48 } elapsed => Ago(elapsed, TimeSpan.TicksPerHour),
        var elapsed => Ago(elapsed, TimeSpan.TicksPerDay),
    };

    private static string Ago(TimeSpan elapsed, long unit) => Durations.Of(new(elapsed.Ticks - (elapsed.Ticks % unit))) + " ago";

    public static string Mebibytes(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture) + " MiB";

    public static string Count(long count, string noun) => Counted.Of(count, noun);

    public static string Shorten(string text, int longest) => text.Length <= longest ? text : text[..(longest - 3)] + "...";
}

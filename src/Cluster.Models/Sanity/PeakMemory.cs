namespace SearchCluster.Models.Sanity;

/// <summary>Measures how much more memory the process has resident at the highest point of some work. Linux only, and only where the system
/// lets a process reset its own peak.</summary>
/// <remarks>Memory that libtorch keeps from earlier work and uses again is not counted, so the first of several
/// equal works shows the most.</remarks>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string Reset = "/proc/self/clear_refs";

    /// <summary>Does the work.</summary>
    /// <returns>Bytes; null where they cannot be measured.</returns>
    public static long? During(Action work)
    {
        var canMeasure = TryReset();
        var before = canMeasure ? Read("VmRSS:") : null;
        work();
        return canMeasure && Read("VmHWM:") is { } peak && before is { } start ? Math.Max(0, peak - start) : null;
    }

    private static bool TryReset()
    {
        try
        {
            // 5: the peak becomes the present size (proc(5)).
            File.WriteAllText(Reset, "5");
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long? Read(string field)
    {
        var line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        var number = line?[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : null;
    }
}

using System.Globalization;

namespace SearchCluster.Cli.Terminal;

/// <summary>Whether whoever started this process wants it to outlive its terminal.</summary>
internal static class HangUp
{
    private const string Field = "SigIgn:";

    /// <summary>Tells whether the signal of a closed terminal is ignored, as <c>nohup</c> has it.</summary>
    /// <returns>False where the system does not tell.</returns>
    public static bool IsIgnored()
    {
        try
        {
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));

            // Signal 1 is the lowest bit.
            return ulong.TryParse(
                line.AsSpan(line is null ? 0 : Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ignored)
                && (ignored & 1) != 0;
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

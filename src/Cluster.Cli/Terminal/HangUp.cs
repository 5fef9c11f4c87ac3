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
            var text = File.ReadAllText("/proc/self/status");
            var at = text.IndexOf(Field, StringComparison.Ordinal);
            var end = at < 0 ? -1 : text.IndexOf('\n', at);

            // The last hexadecimal digit holds signals 1 to 4.
            return end > 0 && char.IsAsciiHexDigit(text[end - 1])
                && (int.Parse(text.AsSpan(end - 1, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) != 0;
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

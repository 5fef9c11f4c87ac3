using System.Globalization;
using System.Text.RegularExpressions;

namespace SearchCluster.Contracts.Text;

/// <summary>Reads amounts of memory or of disk such as <c>4GiB</c>.</summary>
public static partial class Sizes
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "write 512MiB, 4GiB, 1.5GB";

    private const decimal Largest = 1e15m;

    /// <summary>Reads a size.</summary>
    /// <param name="text">A number with a unit: MB and GB are powers of 1000, MiB and GiB of 1024.</param>
    /// <param name="bytes">The size.</param>
    /// <returns>False when the text is of another form, less than a byte, or more than a million gigabytes.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var unit = match.Groups["unit"].Value switch { "MB" => 1_000_000m, "GB" => 1_000_000_000m, "MiB" => 1L << 20, _ => 1L << 30 };
        var size = decimal.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * unit;
        bytes = size < Largest ? (long)size : 0;
        return bytes > 0;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,12}(\\.[0-9]{1,12})?)(?<unit>MiB|GiB|MB|GB)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

using System.Globalization;

namespace SearchCluster.Contracts.Text;

/// <summary>Amounts of memory for people.</summary>
public static class ByteSize
{
    private const double Unit = 1024;

    private static readonly string[] Names = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Writes an amount in the largest unit in which it is at least 1.</summary>
    /// <param name="bytes">How much.</param>
    /// <returns>For example <c>1.5 GiB</c>.</returns>
    public static string Format(long bytes)
    {
        var (amount, unit) = ((double)bytes, 0);
        while (Math.Abs(amount) >= Unit && unit < Names.Length - 1)
        {
            (amount, unit) = (amount / Unit, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{amount:0.##} {Names[unit]}");
    }
}

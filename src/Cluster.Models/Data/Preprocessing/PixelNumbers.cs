using System.Globalization;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Numbers of a table whose columns are the pixels of an image; how bright they are is told by the training part.</summary>
/// <param name="name">The table, for messages.</param>
/// <param name="values">Row-major, rows × pixels; at least 0.</param>
/// <param name="width">Pixels of a row.</param>
/// <param name="placeOf">Names the place of a number by its row and pixel.</param>
internal sealed class PixelNumbers(string name, double[] values, int width, Func<int, int, string> placeOf)
{
    private const double Brightest = byte.MaxValue;

    // The largest numbers of 1, 8 and 16 bits, and of shares.
    private static readonly double[] Depths = [1, byte.MaxValue, ushort.MaxValue];

    public int Rows => values.Length / width;

    /// <summary>The number that is white.</summary>
    /// <param name="train">Numbers of the training rows.</param>
    /// <remarks>Of 1, 255 and 65535 the one that the largest number of the training part reaches at least half of, so that a few rows more
    /// or less, or another fold, do not change what the numbers mean; else that number itself.</remarks>
    public double WhiteOf(int[] train)
    {
        var largest = LargestOf(train);
        return largest == 0 ? 1
            : Array.Find(Depths, depth => largest <= depth && largest >= depth / 2) is > 0 and var depth ? depth
            : largest;
    }

    /// <summary>The factor from numbers to bytes.</summary>
    public static float ScaleOf(double white) => (float)(Brightest / white);

    /// <summary>All rows as bytes; what is brighter than white is white.</summary>
    public PixelBuffer ToBuffer(double white)
    {
        var scale = ScaleOf(white);
        return PixelBuffer.Of(Array.ConvertAll(values, value => (byte)Math.Clamp(Math.Round((float)value * scale), 0, Brightest)));
    }

    /// <summary>Tells of rows beside the training part that are brighter than white.</summary>
    public IEnumerable<string> Warn(int[] train, double white)
    {
        var trained = train.ToHashSet();
        int[] brighter = [.. Enumerable.Range(0, Rows)
            .Where(row => !trained.Contains(row) && RowOf(row).IndexOfAnyExceptInRange(0, white) >= 0)];
        if (brighter.Length > 0)
        {
            var pixel = RowOf(brighter[0]).IndexOfAnyExceptInRange(0, white);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {brighter.Length} of {Rows - trained.Count} row(s) of the validation and test parts hold numbers above "
                    + $"{white:R}, which is white because the training part goes to {LargestOf(train):R}; they are taken for white: "
                    + $"{placeOf(brighter[0], pixel)} holds {RowOf(brighter[0])[pixel]:R}.");
        }
    }

    private double LargestOf(int[] train)
    {
        var largest = 0.0;
        foreach (var row in train)
        {
            foreach (var value in RowOf(row))
            {
                largest = Math.Max(largest, value);
            }
        }

        return largest;
    }

    private ReadOnlySpan<double> RowOf(int row) => values.AsSpan(row * width, width);
}

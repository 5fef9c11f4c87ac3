using System.Text.Json.Serialization;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>What a column of numbers held in the training part.</summary>
/// <param name="Low">Its smallest number.</param>
/// <param name="High">Its largest number.</param>
public sealed record ColumnRange(double Low, double High)
{
    // What a constant column differs by is scaled by 1.
    [JsonIgnore]
    private double Width => High > Low ? High - Low : 1;

    /// <summary>The range of numbers.</summary>
    /// <param name="values">The numbers; NaN for an empty field.</param>
    /// <returns>Null where there is none.</returns>
    internal static ColumnRange? Of(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(value => !double.IsNaN(value)))
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return low <= high ? new(low, high) : null;
    }

    /// <summary>How far a number lies beyond the range, in widths of it; 0 inside, and for NaN.</summary>
    internal double WidthsBeyond(double value) => double.IsNaN(value) ? 0 : Math.Max(0, Math.Max(Low - value, value - High)) / Width;

    /// <summary>Tells whether a number lies beyond the range by more than the range is wide, or by more than 1 where it is a single
    /// number.</summary>
    internal bool IsFarFrom(double value) => value < Low - Width || value > High + Width;
}

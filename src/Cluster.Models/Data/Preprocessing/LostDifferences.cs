using System.Globalization;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Finds columns whose numbers differ as read, but not in single precision, in which networks compute.</summary>
internal static class LostDifferences
{
    private const int MostRows = 100_000;
    private const double Kept = 0.9;
    private const double Precision = 1.2e-7;

    /// <summary>Says so where a tenth or more of the different numbers fall together.</summary>
    /// <param name="what">The column, for the sentence, for example <c>column 'time'</c>.</param>
    /// <param name="values">Its numbers; NaN for an empty field.</param>
    /// <param name="scale">How they are scaled.</param>
    /// <param name="remedy">What can be done.</param>
    /// <returns>One sentence; null where the differences are kept.</returns>
    public static string? Tell(string what, IReadOnlyList<double> values, NumberScale scale, string remedy)
    {
        if (AreSafe(values, scale))
        {
            return null;
        }

        var (exact, single) = (new HashSet<double>(), new HashSet<float>());
        var stride = Math.Max(1, values.Count / MostRows);
        for (var row = 0; row < values.Count; row += stride)
        {
            if (!double.IsNaN(values[row]))
            {
                exact.Add(values[row]);
                single.Add(scale.Apply(values[row]));
            }
        }

        return single.Count > Kept * exact.Count ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{what} has {exact.Count} different numbers from {exact.Min():R} to {exact.Max():R}, "
                    + $"of which single precision keeps {single.Count} apart; {remedy}.");
    }

    // Whole numbers that are scaled to steps well above the spacing of single precision cannot fall together.
    private static bool AreSafe(IReadOnlyList<double> values, NumberScale scale)
    {
        var farthest = 0.0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            if (value != Math.Floor(value))
            {
                return false;
            }

            farthest = Math.Max(farthest, Math.Abs(value - scale.Shift));
        }

        return farthest * Precision < 1;
    }
}

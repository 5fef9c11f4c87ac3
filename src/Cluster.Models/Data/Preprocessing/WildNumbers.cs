using System.Globalization;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Finds single numbers so far from all others of their column that they decide every figure of their part: a slip of the
/// keyboard, another unit, a code for an empty field.</summary>
/// <remarks>
/// Far is beyond what the middle of the training part spans (all but a hundredth at either end) by a thousand times its width. Columns
/// with long tails stay well below; those that are one number in the middle are measured by all of the training part.
/// </remarks>
internal static class WildNumbers
{
    private const double Factor = 1_000;
    private const double Tail = 0.01;
    private const int FewestRows = 5;

    /// <summary>Looks through one column.</summary>
    /// <param name="what">The column, for the sentence, for example <c>column 'time'</c>.</param>
    /// <param name="values">Its number in each row; NaN for an empty field.</param>
    /// <param name="train">Numbers of the training rows.</param>
    /// <param name="placeOf">Where a row's field stands.</param>
    /// <returns>One sentence; null where no number is such.</returns>
    public static string? Tell(string what, IReadOnlyList<double> values, int[] train, Func<int, string> placeOf)
    {
        double[] known = [.. train.Select(row => values[row]).Where(value => !double.IsNaN(value)).Order()];
        if (known.Length < FewestRows)
        {
            return null;
        }

        var cut = Math.Max(1, (int)(known.Length * Tail));
        var middle = new ColumnRange(known[cut], known[^(cut + 1)]);
        var range = middle.High > middle.Low ? middle : new(known[0], known[^1]);
        int[] wild = [.. Enumerable.Range(0, values.Count).Where(row => range.WidthsBeyond(values[row]) > Factor)];
        if (wild.Length == 0)
        {
            return null;
        }

        var (trained, first) = (train.ToHashSet(), wild[0]);
        var where = trained.Contains(first) ? "the training part" : "the validation or test part";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{placeOf(first)}: {what} holds {values[first]:R} in {where}"
                + $"{(wild.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {wild.Length - 1} more such number(s)") : "")}"
                + $", while nearly all training rows lie from {range.Low:R} to {range.High:R}: "
                + $"such a row decides the figures of its part alone. "
                + $"Correct it, leave it out, or rescale the column, for example to its logarithm.");
    }
}

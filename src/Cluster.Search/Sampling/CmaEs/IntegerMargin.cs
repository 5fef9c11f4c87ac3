using MathNet.Numerics.Distributions;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Keeps a least probability that a discrete coordinate leaves the cell of the mean, so that it never fixes too early.</summary>
/// <remarks>
/// Source: Hamano, Saito, Nomura and Shirakawa, "CMA-ES with Margin", GECCO 2022, arXiv:2205.13482, section 4. Differs: its quantiles of
/// the χ² distribution are written as those of the normal distribution, which they equal for one coordinate.
/// </remarks>
internal static class IntegerMargin
{
    /// <summary>Corrects mean and scale of one coordinate.</summary>
    /// <param name="mean">m, inside the cell.</param>
    /// <param name="deviation">Standard deviation, above 0.</param>
    /// <param name="low">Lower end of the mean's cell; -∞ for the first cell.</param>
    /// <param name="high">Upper end of the mean's cell; +∞ for the last cell.</param>
    /// <param name="margin">α, the least probability, above 0 and below 2/3.</param>
    /// <returns>The mean, and the factor on the deviation.</returns>
    public static (double Mean, double Factor) Correct(double mean, double deviation, double low, double high, double margin)
    {
        if (double.IsNegativeInfinity(low) && double.IsPositiveInfinity(high))
        {
            return (mean, 1);
        }

        if (double.IsNegativeInfinity(low) || double.IsPositiveInfinity(high))
        {
            var edge = double.IsNegativeInfinity(low) ? high : low;
            var distance = Math.Min(Math.Abs(mean - edge), deviation * Quantile(margin));
            return (mean < edge ? edge - distance : edge + distance, 1);
        }

        var below = Normal.CDF(mean, deviation, low);
        var above = 1 - Normal.CDF(mean, deviation, high);
        var inside = 1 - below - above;
        var (least, wideBelow, wideAbove) = (margin / 2, Math.Max(margin / 2, below), Math.Max(margin / 2, above));
        if (wideBelow == below && wideAbove == above)
        {
            return (mean, 1);
        }

        // What the wider tails took is given back in proportion to what each of the three parts has to spare.
        var spare = wideBelow + wideAbove + inside - (3 * margin / 2);
        var excess = (1 - wideBelow - wideAbove - inside) / spare;
        var (lowQuantile, highQuantile) = (Quantile(wideBelow + (excess * (wideBelow - least))), Quantile(
            wideAbove + (excess * (wideAbove - least))));
        var total = lowQuantile + highQuantile;
        return (((low * highQuantile) + (high * lowQuantile)) / total, (high - low) / total / deviation);
    }

    /// <summary>Finds the ends of the cell around a place.</summary>
    /// <param name="axis">A countable axis.</param>
    /// <param name="unit">The place, from 0 to 1.</param>
    /// <returns>The ends; -∞ and +∞ beyond the first and the last cell.</returns>
    public static (double Low, double High) Cell(Encoding.Axis axis, double unit)
    {
        var level = axis.LevelAt(unit);
        return (
            level == 0 ? double.NegativeInfinity : Edge(axis, level, 0, unit),
            level == axis.Levels - 1 ? double.PositiveInfinity : Edge(axis, level + 1, unit, 1));
    }

    // LevelAt only grows, so bisection finds where a level begins.
    private static double Edge(Encoding.Axis axis, double level, double low, double high)
    {
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            (low, high) = axis.LevelAt(middle) < level ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static double Quantile(double tail) => Normal.InvCDF(0, 1, 1 - tail);
}

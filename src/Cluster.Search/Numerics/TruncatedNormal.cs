using MathNet.Numerics;

namespace SearchCluster.Search.Numerics;

/// <summary>The normal distribution, also far out in its tails, and the one truncated to an interval.</summary>
/// <remarks>
/// Tails are computed from the complementary error function, so that no difference of numbers near one loses them; beyond
/// <see cref="AsymptoticFrom"/> deviations the logarithm uses the asymptotic series, whose first omitted term is below 1e-13 there.
/// </remarks>
internal static class TruncatedNormal
{
    private const double AsymptoticFrom = -20;
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double HalfRoot = 0.70710678118654752440;

    /// <summary>Probability of a standard normal number at or below a bound.</summary>
    public static double Cdf(double z) => 0.5 * SpecialFunctions.Erfc(-z * HalfRoot);

    /// <summary>Logarithm of <see cref="Cdf"/>; finite wherever its argument is.</summary>
    public static double LogCdf(double z)
    {
        if (z > AsymptoticFrom)
        {
            // Above 5 deviations the series of log(1 - q) ends after two terms, because q is below 3e-7.
            var above = Cdf(-z);
            return z > 5 ? -above * (1 + (above / 2)) : Math.Log(Cdf(z));
        }

        // Abramowitz and Stegun 26.2.12.
        var (inverse, term, series) = (1 / (z * z), 1.0, 1.0);
        for (var k = 1; k <= 7; k++)
        {
            term *= -((2 * k) - 1) * inverse;
            series += term;
        }

        return (-0.5 * z * z) - HalfLogTwoPi - Math.Log(-z) + Math.Log(series);
    }

    /// <summary>Probability between two bounds, computed in the tail where both lie.</summary>
    public static double Mass(double low, double high) => low > 0 ? Cdf(-low) - Cdf(-high) : Cdf(high) - Cdf(low);

    /// <summary>Logarithm of <see cref="Mass"/>; finite however far out the interval lies, if it is not empty.</summary>
    public static double LogMass(double low, double high)
    {
        var (near, far) = low > 0 ? (LogCdf(-low), LogCdf(-high)) : (LogCdf(high), LogCdf(low));
        return near + Math.Log(1 - Math.Exp(far - near));
    }

    /// <summary>Finds the number below which a share of the distribution lies that is truncated to the unit interval.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="mean">Mean before the truncation, from 0 to 1.</param>
    /// <param name="deviation">Deviation before the truncation, above 0.</param>
    /// <returns>From 0 to 1.</returns>
    public static double UnitQuantile(double share, double mean, double deviation)
    {
        var below = Cdf(-mean / deviation);
        var above = Cdf((mean - 1) / deviation);
        var inside = 1 - below - above;

        // Counted from the nearer tail, so that shares next to one keep their digits.
        var z = below + (share * inside) < 0.5 ? Quantile(below + (share * inside)) : -Quantile(above + ((1 - share) * inside));
        return Math.Clamp(mean + (deviation * z), 0, 1);
    }

    /// <summary>Finds the standard normal number below which a share of the distribution lies.</summary>
    public static double Quantile(double share) => -SpecialFunctions.ErfcInv(2 * share) / HalfRoot;
}

namespace SearchCluster.Search.Sampling;

/// <summary>Keeps coordinates between 0 and 1.</summary>
internal static class UnitInterval
{
    /// <summary>Mirrors a number at the ends, as often as needed.</summary>
    /// <param name="value">Any finite number.</param>
    /// <returns>From 0 to 1.</returns>
    public static double Mirror(double value)
    {
        var period = Math.Abs(value) % 2;
        return period <= 1 ? period : 2 - period;
    }
}

namespace SearchCluster.Search.Analysis;

/// <summary>Mean and standard deviation.</summary>
internal static class Moments
{
    /// <summary>Computes both.</summary>
    /// <param name="values">Any numbers.</param>
    /// <returns>The mean, and the standard deviation with divisor n; 0 and 0 for no numbers.</returns>
    public static (double Mean, double Spread) Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return (0, 0);
        }

        var mean = values.Average();

        // Squares of huge numbers would overflow; those of shares of the largest deviation cannot.
        var largest = values.Max(value => Math.Abs(value - mean));
        return (mean, largest > 0
            ? largest * Math.Sqrt(values.Sum(value => (value - mean) / largest * ((value - mean) / largest)) / values.Count)
            : 0);
    }
}

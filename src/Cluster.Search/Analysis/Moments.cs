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
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Count));
    }
}

using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Tpe;

/// <summary>Widths of the kernels: how far a trial speaks for its neighbourhood.</summary>
/// <remarks>
/// Good points: 0.85 of Scott's rule h = σ n^(-1/(d+4)) with the weighted deviation σ of the points, to which the prior adds as one
/// point, so that kernels shrink as the good points draw together; the factor makes up for the spread that several modes pretend.
/// Other points: a fixed deviation of 0.15 of the range instead of σ, because they fill the space whatever the objective looks like.
/// Both have floors: <see cref="Smallest"/>, and half of a cell on a countable axis. Categorical axes: the share of a kernel that is
/// spread over all C items is C / (n + C).
/// Source: Scott, "Multivariate Density Estimation", 1992; Watanabe, "Tree-Structured Parzen Estimator", 2023,
/// arXiv:2304.11127, section 3.3.
/// </remarks>
internal static class Bandwidths
{
    public const double Smallest = 0.01;
    private const double OtherDeviation = 0.15;
    private const double GoodFactor = 0.85;
    private const double UniformVariance = 1.0 / 12;

    /// <summary>Width for the good points.</summary>
    public static double OfGood(Axis axis, int column, int dimensions, List<double[]> points, List<double> weights)
    {
        var (total, first, second, count) = (0.0, 0.0, 0.0, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var (place, weight) = (points[i][column], weights[i]);
            if (!double.IsNaN(place))
            {
                count++;
                total += weight;
                first += weight * place;
                second += weight * place * place;
            }
        }

        var spread = total > 0 ? Math.Max(second - (first * first / total), 0) : 0;
        return Of(axis, dimensions, count, GoodFactor * Math.Sqrt((spread + UniformVariance) / (total + 1)));
    }

    /// <summary>Width for the other points.</summary>
    public static double OfOther(Axis axis, int column, int dimensions, List<double[]> points) =>
        Of(axis, dimensions, points.Count(point => !double.IsNaN(point[column])), OtherDeviation);

    private static double Of(Axis axis, int dimensions, int count, double deviation)
    {
        if (axis.Kind == AxisKind.Categorical)
        {
            return axis.Levels / (count + axis.Levels);
        }

        var floor = Math.Max(Smallest, double.IsInfinity(axis.Levels) ? 0 : 0.5 / axis.Levels);
        return Math.Clamp(deviation * Math.Pow(Math.Max(count, 1), -1.0 / (dimensions + 4)), floor, 1);
    }
}

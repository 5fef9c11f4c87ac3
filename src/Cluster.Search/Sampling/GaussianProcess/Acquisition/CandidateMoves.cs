using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>Draws candidates for the acquisition.</summary>
internal static class CandidateMoves
{
    // Each candidate near a good point moves on one scale, from a tenth of the range down to a ten-thousandth.
    private const int Scales = 4;

    /// <summary>Draws a uniform point.</summary>
    public static double[] Anywhere(SpaceEncoding encoding, RandomStream stream)
    {
        var point = new double[encoding.Dimensions];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = stream.NextDouble();
        }

        return point;
    }

    /// <summary>Draws a point near another: numbers move by a normal step, items change now and then, inactive
    /// parameters get any place.</summary>
    public static double[] Near(SpaceEncoding encoding, double[] centre, RandomStream stream)
    {
        var point = centre.ToArray();
        var scale = Math.Pow(10, -1 - (Scales - 1) * stream.NextDouble());
        var change = Math.Max(0.25, 1.0 / point.Length);
        for (var i = 0; i < point.Length; i++)
        {
            var axis = encoding.Axes[i];
            if (double.IsNaN(point[i]) || (axis.Kind == AxisKind.Categorical && stream.NextDouble() < change))
            {
                point[i] = stream.NextDouble();
            }
            else if (axis.Kind != AxisKind.Categorical)
            {
                point[i] = Math.Clamp(point[i] + (scale * stream.NextGaussian()), 0, 1);
            }
        }

        return point;
    }

    /// <summary>Measures how far two points lie apart: the largest difference along an axis, 1 for different items.</summary>
    public static double Distance(SpaceEncoding encoding, double[] a, double[] b)
    {
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var axis = encoding.Axes[i];
            largest = Math.Max(
                largest, axis.Kind == AxisKind.Categorical ? (axis.LevelAt(a[i]) == axis.LevelAt(b[i]) ? 0 : 1) : Math.Abs(a[i] - b[i]));
        }

        return largest;
    }
}

using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>The part of the unit cube in which the acquisition is searched.</summary>
/// <param name="Lower">Lower end for each axis.</param>
/// <param name="Upper">Upper end for each axis.</param>
internal sealed record SearchBox(double[] Lower, double[] Upper)
{
    /// <summary>Makes the box of the whole cube.</summary>
    /// <param name="dimensions">How many axes.</param>
    /// <returns>From 0 to 1 along each.</returns>
    public static SearchBox Whole(int dimensions) => new(new double[dimensions], [.. Enumerable.Repeat(1.0, dimensions)]);

    /// <summary>Makes a box around a point.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="centre">The point; NaN for inactive parameters.</param>
    /// <param name="side">Side length before scaling.</param>
    /// <param name="scales">Factor of the side for each axis.</param>
    /// <returns>The box inside the cube; axes without continuous steps, and inactive ones, keep their whole range.</returns>
    public static SearchBox Around(SpaceEncoding encoding, ReadOnlySpan<double> centre, double side, ReadOnlySpan<double> scales)
    {
        var box = Whole(centre.Length);
        for (var i = 0; i < centre.Length; i++)
        {
            if (!double.IsNaN(centre[i]) && Neighbourhood.IsRelaxed(encoding.Axes[i]))
            {
                var half = 0.5 * side * scales[i];
                (box.Lower[i], box.Upper[i]) = (Math.Max(0, centre[i] - half), Math.Min(1, centre[i] + half));
            }
        }

        return box;
    }

    /// <summary>Moves a point of the cube into the box, in proportion.</summary>
    /// <param name="point">Changed in place.</param>
    public void Shrink(Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Lower[i] + ((Upper[i] - Lower[i]) * point[i]);
        }
    }

    /// <summary>Moves a point to the nearest one of the box.</summary>
    /// <param name="point">Changed in place; NaN stays.</param>
    public void Clamp(Span<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = double.IsNaN(point[i]) ? point[i] : Math.Clamp(point[i], Lower[i], Upper[i]);
        }
    }
}

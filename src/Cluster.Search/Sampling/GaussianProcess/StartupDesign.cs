using SearchCluster.Search.Sampling.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Space-filling points for the first trials, before a model exists.</summary>
/// <remarks>
/// The additive recurrence x_n = frac(shift + n α) with α the powers of the root of x^(d+1) = x + 1, shifted by the search's seed: each
/// point depends on its number alone. Source: Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences", 2018.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="size">How many trials it has; null for the default.</param>
internal sealed class StartupDesign(SpaceEncoding encoding, int? size)
{
    private const int FewestPoints = 5;
    private const int MostPoints = 10;
    private const int DesignIndex = -1;

    /// <summary>How many trials the design has; by default one more than the parameters that vary, from 5 to 10.</summary>
    public int Size { get; } = size ?? Math.Clamp(encoding.Axes.Count(axis => axis.Levels > 1) + 1, FewestPoints, MostPoints);

    /// <summary>Computes a point.</summary>
    /// <param name="seed">The search's seed.</param>
    /// <param name="number">Number of the trial.</param>
    /// <returns>Coordinates from 0 to 1, not snapped.</returns>
    public double[] At(ulong seed, int number)
    {
        var stream = SeedSequence.Stream(seed, StreamPurpose.Model, DesignIndex);
        var root = Root(encoding.Dimensions);
        var point = new double[encoding.Dimensions];
        var alpha = 1.0;
        for (var i = 0; i < point.Length; i++)
        {
            alpha /= root;
            var place = stream.NextDouble() + (((long)number + 1) * alpha);
            point[i] = place - Math.Floor(place);
        }

        return point;
    }

    // Fixed-point iteration of x = (1 + x)^(1 / (d + 1)), which contracts for every d.
    private static double Root(int dimensions)
    {
        var root = 2.0;
        for (var i = 0; i < 64; i++)
        {
            root = Math.Pow(1 + root, 1.0 / (dimensions + 1));
        }

        return root;
    }
}

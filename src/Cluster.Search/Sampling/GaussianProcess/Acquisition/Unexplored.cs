using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>Finds any configuration that was not tried yet, when the search of the acquisition met only known ones.</summary>
internal static class Unexplored
{
    /// <summary>Up to this size a space is enumerated, which settles whether it is exhausted.</summary>
    private const double EnumerableSize = 100_000;

    /// <summary>Looks for a configuration: at random first, then, in a small space, in lexicographic order.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="known">What was tried.</param>
    /// <param name="stream">Random numbers.</param>
    /// <returns>A snapped point; null when none was found.</returns>
    public static double[]? Find(SpaceEncoding encoding, KnownPoints known, RandomStream stream)
    {
        var point = new double[encoding.Dimensions];
        for (var draw = 0; draw < RandomConfiguration.MaximumDraws; draw++)
        {
            for (var i = 0; i < point.Length; i++)
            {
                point[i] = stream.NextDouble();
            }

            if (IsNew(encoding, known, point))
            {
                return point;
            }
        }

        return encoding.Size <= EnumerableSize ? Enumerate(encoding, known) : null;
    }

    /// <summary>Snaps a point and tells whether it may be tried.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="known">What was tried.</param>
    /// <param name="point">Becomes snapped.</param>
    /// <returns>True when it is neither forbidden nor known.</returns>
    public static bool IsNew(SpaceEncoding encoding, KnownPoints known, Span<double> point)
    {
        if (encoding.IsForbidden(point))
        {
            return false;
        }

        encoding.Snap(point);
        return !known.Contains(point);
    }

    private static double[]? Enumerate(SpaceEncoding encoding, KnownPoints known)
    {
        var levels = new double[encoding.Dimensions];
        var point = new double[encoding.Dimensions];
        for (var more = true; more;)
        {
            for (var i = 0; i < levels.Length; i++)
            {
                point[i] = encoding.Axes[i].MiddleOf(levels[i]);
            }

            if (IsNew(encoding, known, point))
            {
                return point;
            }

            more = false;
            for (var i = levels.Length - 1; i >= 0 && !more; i--)
            {
                levels[i] = levels[i] + 1 < encoding.Axes[i].Levels ? levels[i] + 1 : 0;
                more = levels[i] > 0;
            }
        }

        return null;
    }
}

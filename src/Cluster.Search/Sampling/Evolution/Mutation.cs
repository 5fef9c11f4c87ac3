using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Evolution;

/// <summary>Changes a few parameters of a configuration.</summary>
/// <remarks>
/// A number moves by a normal step on its own scale whose deviation is drawn log-uniformly for each child, so that wide and narrow steps
/// both occur whatever the distance to the optimum; it is mirrored at the bounds, and a discrete one moves by one value at least. A
/// category becomes another one, each with the same probability. A parameter that becomes active keeps the place it has, which is a
/// uniform draw where its parent had none.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="options">How far and how many parameters move.</param>
internal sealed class Mutation(SpaceEncoding encoding, EvolutionOptions options)
{
    // The narrowest step is this share of the widest one.
    private const double NarrowestShare = 0.02;

    /// <summary>Changes at least one active parameter that has more than one value.</summary>
    /// <param name="point">[dimensions], without NaN, changed in place.</param>
    /// <param name="stream">Random numbers.</param>
    public void Apply(double[] point, RandomStream stream)
    {
        var deviation = options.Step * Math.Pow(NarrowestShare, stream.NextDouble());
        Span<bool> active = stackalloc bool[encoding.Dimensions];
        encoding.FindActive(point, active);
        var mutable = new List<int>();
        for (var i = 0; i < active.Length; i++)
        {
            if (active[i] && encoding.Axes[i].Levels > 1)
            {
                mutable.Add(i);
            }
        }

        if (mutable.Count == 0)
        {
            return;
        }

        var chosen = mutable[(int)stream.NextBelow((ulong)mutable.Count)];
        var others = (options.Mutations - 1) / Math.Max(1, mutable.Count - 1);
        foreach (var i in mutable)
        {
            if (stream.NextDouble() < others || i == chosen)
            {
                point[i] = Change(encoding.Axes[i], point[i], deviation, stream);
            }
        }
    }

    private static double Change(Axis axis, double place, double deviation, RandomStream stream)
    {
        if (axis.Kind == AxisKind.Categorical)
        {
            var other = (int)stream.NextBelow((ulong)axis.Levels - 1);
            return axis.MiddleOf(other < axis.LevelAt(place) ? other : other + 1);
        }

        var moved = UnitInterval.Mirror(place + (deviation * stream.NextGaussian()));
        if (double.IsInfinity(axis.Levels) || axis.LevelAt(moved) != axis.LevelAt(place))
        {
            return moved;
        }

        var level = axis.LevelAt(place);
        var isUp = level == 0 || (level < axis.Levels - 1 && moved > place);
        return axis.MiddleOf(isUp ? level + 1 : level - 1);
    }
}

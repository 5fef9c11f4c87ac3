namespace SearchCluster.Search.Analysis.Pareto;

/// <summary>The volume that a set of results dominates, up to a reference point: one number for how good a front is.</summary>
/// <remarks>
/// Exact. One and two objectives by a sweep, O(n log n); more by the WFG algorithm, exponential in the number of objectives in the worst
/// case: a front of a hundred results takes milliseconds with three objectives and about a second with six. Source: While, Bradstreet and
/// Barone, "A Fast Way of Calculating Exact Hypervolumes", IEEE Transactions on Evolutionary Computation 16(1), 2012.
/// </remarks>
public static class Hypervolume
{
    // The share of the observed range by which the reference point lies beyond the worst result.
    private const double ReferenceMargin = 0.1;

    /// <summary>Chooses the reference point: in each objective the worst loss observed plus a tenth of the range observed.</summary>
    /// <param name="losses">Finite losses of all results, at least one; also of those that are not on the front.</param>
    /// <returns>One number for each objective. Where all losses are equal, a tenth of their size (or 1 for
    /// zero) takes the place of the range.</returns>
    /// <remarks>So that the ends of the front count too. It moves when a worse result arrives: compare searches
    /// with one common point.</remarks>
    public static double[] ReferencePoint(IReadOnlyList<double[]> losses)
    {
        var reference = new double[losses[0].Length];
        for (var i = 0; i < reference.Length; i++)
        {
            var (worst, best) = (losses.Max(l => l[i]), losses.Min(l => l[i]));
            var range = worst > best ? worst - best : worst == 0 ? 1 : Math.Abs(worst);
            reference[i] = worst + (ReferenceMargin * range);
        }

        return reference;
    }

    /// <summary>Computes the volume.</summary>
    /// <param name="losses">One array of finite losses for each result, smaller is better; dominated ones change nothing.</param>
    /// <param name="reference">The reference point; a result that is not better than it in every objective adds nothing.</param>
    /// <returns>The volume of the region that is dominated by a result and dominates the reference point, at least 0.</returns>
    public static double Of(IReadOnlyList<double[]> losses, double[] reference)
    {
        var inside = losses.Where(l => !l.Where((loss, i) => loss >= reference[i]).Any()).ToArray();
        return Volume([.. ParetoFront.Find(inside).Select(i => inside[i])], reference);
    }

    /// <summary>Follows the volume over the trials of a search.</summary>
    /// <param name="losses">Losses in order of finishing; null for a failed trial.</param>
    /// <param name="reference">The reference point.</param>
    /// <returns>The volume after each trial; it never falls.</returns>
    /// <remarks>One exact volume for each trial that enters the front, O(f) for each other one.</remarks>
    public static double[] Curve(IReadOnlyList<double[]?> losses, double[] reference)
    {
        var curve = new double[losses.Count];
        var front = new List<double[]>();
        for (var i = 0; i < curve.Length; i++)
        {
            curve[i] = i == 0 ? 0 : curve[i - 1];
            if (losses[i] is { } result && !front.Exists(kept => kept.SequenceEqual(result) || ParetoFront.Dominates(kept, result)))
            {
                front.RemoveAll(kept => ParetoFront.Dominates(result, kept));
                front.Add(result);
                curve[i] = Of(front, reference);
            }
        }

        return curve;
    }

    // The results are a front in ascending order of the first loss, all inside the reference point.
    private static double Volume(double[][] front, double[] reference)
    {
        if (front.Length == 0)
        {
            return 0;
        }

        return reference.Length switch
        {
            1 => reference[0] - front[0][0],
            2 => Area(front, reference),
            _ => Enumerable.Range(0, front.Length).Sum(i => Exclusive(front, i, reference)),
        };
    }

    private static double Area(double[][] front, double[] reference)
    {
        var (area, above) = (0.0, reference[1]);
        foreach (var result in front)
        {
            area += (reference[0] - result[0]) * (above - result[1]);
            above = result[1];
        }

        return area;
    }

    // What one result dominates beyond those after it: its own box without the volume of the others, cut to that box.
    private static double Exclusive(double[][] front, int index, double[] reference)
    {
        var result = front[index];
        var box = 1.0;
        for (var i = 0; i < reference.Length; i++)
        {
            box *= reference[i] - result[i];
        }

        double[][] cut = [.. front[(index + 1)..].Select(other => other.Select((loss, i) => Math.Max(loss, result[i])).ToArray())];
        return box - Volume([.. ParetoFront.Find(cut).Select(i => cut[i])], reference);
    }
}

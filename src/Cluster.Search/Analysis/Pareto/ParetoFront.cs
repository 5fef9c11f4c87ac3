namespace SearchCluster.Search.Analysis.Pareto;

/// <summary>Finds the results that no other one beats in every objective.</summary>
/// <remarks>One result dominates another when it is nowhere worse and somewhere better; equal results do not dominate each other.</remarks>
public static class ParetoFront
{
    /// <summary>Tells whether one result dominates another.</summary>
    /// <param name="left">Losses, smaller is better.</param>
    /// <param name="right">Losses of the other, as many.</param>
    /// <returns>True when the left one is nowhere worse and somewhere better.</returns>
    public static bool Dominates(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var isBetter = false;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] > right[i])
            {
                return false;
            }

            isBetter |= left[i] < right[i];
        }

        return isBetter;
    }

    /// <summary>Finds the non-dominated results.</summary>
    /// <param name="losses">One array of finite losses for each result, all of the same length.</param>
    /// <returns>Indices of the results, by the first loss in ascending order, then by the others, then by
    /// index; equal results are all there.</returns>
    /// <remarks>O(n log n) for one or two objectives, O(n log n + n f) for a front of f results otherwise.</remarks>
    public static int[] Find(IReadOnlyList<double[]> losses)
    {
        var front = new List<int>();
        foreach (var index in Enumerable.Range(0, losses.Count).Order(Comparer<int>.Create((a, b) => Compare(losses, a, b))))
        {
            // In this order only an earlier result can dominate; with two objectives the last kept one has the lowest second loss.
            var isBeaten = losses[index].Length <= 2
                ? front.Count > 0 && Dominates(losses[front[^1]], losses[index])
                : front.Exists(kept => Dominates(losses[kept], losses[index]));
            if (!isBeaten)
            {
                front.Add(index);
            }
        }

        return [.. front];
    }

    private static int Compare(IReadOnlyList<double[]> losses, int a, int b)
    {
        for (var i = 0; i < losses[a].Length; i++)
        {
            if (losses[a][i].CompareTo(losses[b][i]) is not 0 and var order)
            {
                return order;
            }
        }

        return a.CompareTo(b);
    }
}

namespace SearchCluster.Search.Analysis.Pareto;

/// <summary>Orders results by fronts, and those of one front by how alone they stand.</summary>
/// <remarks>
/// Source: Deb, Pratap, Agarwal and Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", IEEE Transactions on
/// Evolutionary Computation 6(2), 2002, sections III.A and III.B.
/// </remarks>
public static class NonDominatedSorting
{
    /// <summary>Finds the front of each result.</summary>
    /// <param name="losses">One array of finite losses for each result, all of the same length.</param>
    /// <returns>0 for the non-dominated results, 1 for those that only these dominate, and so on.</returns>
    /// <remarks>O(m n²) for m objectives.</remarks>
    public static int[] Ranks(IReadOnlyList<double[]> losses)
    {
        var n = losses.Count;
        var dominates = new List<int>[n];
        var dominators = new int[n];
        for (var i = 0; i < n; i++)
        {
            dominates[i] = [.. Enumerable.Range(0, n).Where(j => ParetoFront.Dominates(losses[i], losses[j]))];
            dominates[i].ForEach(j => dominators[j]++);
        }

        var ranks = new int[n];
        var front = Enumerable.Range(0, n).Where(i => dominators[i] == 0).ToList();
        for (var rank = 0; front.Count > 0; rank++)
        {
            var next = new List<int>();
            foreach (var i in front)
            {
                ranks[i] = rank;
                next.AddRange(dominates[i].Where(j => --dominators[j] == 0));
            }

            front = next;
        }

        return ranks;
    }

    /// <summary>Measures how far the neighbours of each result of one front are.</summary>
    /// <param name="losses">Losses of the results of one front.</param>
    /// <returns>The crowding distance of each; +∞ at the ends of every objective.</returns>
    /// <remarks>O(m n log n). An objective in which all are equal adds nothing.</remarks>
    public static double[] Crowding(IReadOnlyList<double[]> losses)
    {
        var distances = new double[losses.Count];
        for (var objective = 0; losses.Count > 0 && objective < losses[0].Length; objective++)
        {
            var order = Enumerable.Range(0, losses.Count).OrderBy(i => losses[i][objective]).ToArray();
            var range = losses[order[^1]][objective] - losses[order[0]][objective];
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (var i = 1; range > 0 && i < order.Length - 1; i++)
            {
                distances[order[i]] += (losses[order[i + 1]][objective] - losses[order[i - 1]][objective]) / range;
            }
        }

        return distances;
    }
}

namespace SearchCluster.Models.Ensembles;

/// <summary>Chooses members one after the other, each time the one with which the mean of all chosen so far is
/// best; one may be chosen again.</summary>
/// <remarks>
/// Source: Caruana et al., "Ensemble Selection from Libraries of Models", ICML 2004: selection with
/// replacement, started with the best N models, where N is what serves the selection part best (section 2.3: sorted initialisation); the
/// best ensemble on the way is taken, so that none is worse there than the best candidate alone. O(rounds · candidates · rows · outputs).
/// </remarks>
internal static class GreedySelection
{
    /// <summary>Chooses.</summary>
    /// <param name="candidates">Predictions on the validation part, best candidate first.</param>
    /// <param name="rounds">How many choices at most.</param>
    /// <param name="loss">What to minimise, of combined predictions: the first number, and among equals the second.</param>
    /// <returns>How often each candidate was chosen.</returns>
    public static int[] Choose(IReadOnlyList<double[,]> candidates, int rounds, Func<double[,], (double First, double Second)> loss)
    {
        var (counts, sum, least) = Start(candidates, rounds, loss);
        var best = (int[])counts.Clone();
        for (var round = counts.Sum(); round < rounds; round++)
        {
            var (chosen, value) = Next(candidates, sum, round, loss);
            counts[chosen]++;
            sum = Mix(sum, candidates[chosen], 1);
            if (IsLess(value, least))
            {
                (best, least) = ((int[])counts.Clone(), value);
            }
        }

        return best;
    }

    private static (int[] Counts, double[,] Sum, (double, double) Loss) Start(
        IReadOnlyList<double[,]> candidates, int rounds, Func<double[,], (double, double)> loss)
    {
        var (sum, bestSum) = (candidates[0], candidates[0]);
        var (size, least) = (1, loss(sum));
        for (var i = 1; i < Math.Min(rounds, candidates.Count); i++)
        {
            sum = Mix(sum, candidates[i], 1);
            var value = loss(Mix(sum, sum, 0, 1.0 / (i + 1)));
            (size, bestSum, least) = IsLess(value, least) ? (i + 1, sum, value) : (size, bestSum, least);
        }

        return ([.. candidates.Select((_, i) => i < size ? 1 : 0)], bestSum, least);
    }

    private static (int Chosen, (double, double) Loss) Next(
        IReadOnlyList<double[,]> candidates, double[,] sum, int round, Func<double[,], (double, double)> loss)
    {
        var (best, least) = (0, (double.PositiveInfinity, double.PositiveInfinity));
        for (var i = 0; i < candidates.Count; i++)
        {
            var value = loss(Mix(sum, candidates[i], 1, 1.0 / (round + 1)));
            (best, least) = IsLess(value, least) ? (i, value) : (best, least);
        }

        return (best, least);
    }

    private static bool IsLess((double First, double Second) a, (double First, double Second) b) =>
        a.First < b.First || (a.First == b.First && a.Second < b.Second);

    private static double[,] Mix(double[,] a, double[,] b, double weight, double scale = 1)
    {
        var mixed = new double[a.GetLength(0), a.GetLength(1)];
        for (var row = 0; row < mixed.GetLength(0); row++)
        {
            for (var k = 0; k < mixed.GetLength(1); k++)
            {
                mixed[row, k] = scale * (a[row, k] + (weight * b[row, k]));
            }
        }

        return mixed;
    }
}

namespace SearchCluster.Models.Ensembles;

/// <summary>Chooses members one after the other, each time the one with which the mean of all chosen so far is best; one may be chosen again.</summary>
/// <remarks>
/// Source: Caruana et al., "Ensemble Selection from Libraries of Models", ICML 2004: selection with replacement, started with the best few models so that a
/// small validation part is not fitted (section 2.3: sorted initialisation). O(rounds · candidates · rows · outputs).
/// </remarks>
internal static class GreedySelection
{
    private const int Initial = 2;

    /// <summary>Chooses.</summary>
    /// <param name="candidates">Predictions on the validation part, best candidate first.</param>
    /// <param name="rounds">How many choices.</param>
    /// <param name="loss">What to minimise, of combined predictions.</param>
    /// <returns>How often each candidate was chosen.</returns>
    public static int[] Choose(IReadOnlyList<double[,]> candidates, int rounds, Func<double[,], double> loss)
    {
        var counts = new int[candidates.Count];
        var (rows, outputs) = (candidates[0].GetLength(0), candidates[0].GetLength(1));
        var sum = new double[rows, outputs];
        for (var round = 0; round < rounds; round++)
        {
            var chosen = round < Initial && round < candidates.Count ? round : Best(candidates, sum, round, loss);
            counts[chosen]++;
            sum = Mix(sum, candidates[chosen], 1, 1);
        }

        return counts;
    }

    private static int Best(IReadOnlyList<double[,]> candidates, double[,] sum, int round, Func<double[,], double> loss)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var i = 0; i < candidates.Count; i++)
        {
            var value = loss(Mix(sum, candidates[i], 1.0 / (round + 1), 1.0 / (round + 1)));
            (best, least) = value < least ? (i, value) : (best, least);
        }

        return best;
    }

    private static double[,] Mix(double[,] a, double[,] b, double wa, double wb)
    {
        var mixed = new double[a.GetLength(0), a.GetLength(1)];
        for (var row = 0; row < mixed.GetLength(0); row++)
        {
            for (var k = 0; k < mixed.GetLength(1); k++)
            {
                mixed[row, k] = (wa * a[row, k]) + (wb * b[row, k]);
            }
        }

        return mixed;
    }
}

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>Combines the class probabilities, or the numbers, of several members.</summary>
/// <remarks>
/// Mean: of the probabilities (soft vote) or the numbers, by weight. Hard vote: each member names its most
/// probable class with its weight; a class gets (votes + mean probability / members) / (1 + 1 / members) of weights that sum to 1, so the
/// most votes win, the mean probability breaks ties, and rows still sum to 1.
/// </remarks>
internal static class Voting
{
    /// <summary>Combines.</summary>
    /// <param name="members">At least one; shape [rows, outputs] each.</param>
    /// <param name="combine">How.</param>
    /// <param name="weights">One for each member, at least 0 and not all 0; null for equal ones.</param>
    /// <returns>Shape [rows, outputs].</returns>
    public static double[,] Combine(IReadOnlyList<double[,]> members, EnsembleCombination combine, IReadOnlyList<double>? weights = null)
    {
        var shares = Shares(members.Count, weights);
        var (rows, outputs) = (members[0].GetLength(0), members[0].GetLength(1));
        var combined = new double[rows, outputs];
        var votes = new double[outputs];
        for (var row = 0; row < rows; row++)
        {
            CountVotes(members, shares, row, votes, combine);
            for (var k = 0; k < outputs; k++)
            {
                var mean = 0.0;
                for (var member = 0; member < members.Count; member++)
                {
                    mean += shares[member] * members[member][row, k];
                }

                combined[row, k] = combine == EnsembleCombination.Vote ? OfVotes(votes[k] * members.Count, mean, members.Count) : mean;
            }
        }

        return combined;
    }

    /// <summary>What a hard vote makes of a class.</summary>
    /// <param name="votes">Votes for it, of as many as there are members.</param>
    /// <param name="mean">Its mean probability.</param>
    /// <param name="members">How many members.</param>
    public static double OfVotes(double votes, double mean, int members) => (votes + mean) / (members + 1);

    /// <summary>Finds the most probable class; the first of equals.</summary>
    public static int BestClass(double[,] probabilities, int row)
    {
        var best = 0;
        for (var k = 1; k < probabilities.GetLength(1); k++)
        {
            best = probabilities[row, k] > probabilities[row, best] ? k : best;
        }

        return best;
    }

    private static double[] Shares(int members, IReadOnlyList<double>? weights)
    {
        if (weights is null)
        {
            return [.. Enumerable.Repeat(1.0 / members, members)];
        }

        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static void CountVotes(IReadOnlyList<double[,]> members, double[] shares, int row, double[] votes, EnsembleCombination combine)
    {
        Array.Clear(votes);
        if (combine == EnsembleCombination.Vote)
        {
            for (var member = 0; member < members.Count; member++)
            {
                votes[BestClass(members[member], row)] += shares[member];
            }
        }
    }
}

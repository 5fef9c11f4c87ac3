namespace SearchCluster.Models.Ensembles;

/// <summary>Combines the class probabilities of several members.</summary>
/// <remarks>
/// Soft vote: the mean of the probabilities. Hard vote: each member names its most probable class; a class gets
/// (votes + mean probability) / (members + 1), so the most votes win, the mean probability breaks ties, and rows still sum to 1.
/// </remarks>
internal static class Voting
{
    /// <summary>Combines.</summary>
    /// <param name="members">At least one; shape [rows, classes] each.</param>
    /// <param name="combine">How.</param>
    /// <returns>Shape [rows, classes].</returns>
    public static float[,] Combine(IReadOnlyList<float[,]> members, EnsembleCombination combine)
    {
        var (rows, classes) = (members[0].GetLength(0), members[0].GetLength(1));
        var combined = new float[rows, classes];
        Span<double> votes = stackalloc double[classes <= 256 ? classes : 0];
        votes = votes.IsEmpty ? new double[classes] : votes;
        for (var row = 0; row < rows; row++)
        {
            CountVotes(members, row, votes, combine);
            for (var k = 0; k < classes; k++)
            {
                var mean = members.Sum(member => (double)member[row, k]) / members.Count;
                combined[row, k] = (float)(combine == EnsembleCombination.Vote ? (votes[k] + mean) / (members.Count + 1) : mean);
            }
        }

        return combined;
    }

    /// <summary>Finds the most probable class; the first of equals.</summary>
    public static int BestClass(float[,] probabilities, int row)
    {
        var best = 0;
        for (var k = 1; k < probabilities.GetLength(1); k++)
        {
            best = probabilities[row, k] > probabilities[row, best] ? k : best;
        }

        return best;
    }

    private static void CountVotes(IReadOnlyList<float[,]> members, int row, Span<double> votes, EnsembleCombination combine)
    {
        votes.Clear();
        if (combine == EnsembleCombination.Vote)
        {
            foreach (var member in members)
            {
                votes[BestClass(member, row)]++;
            }
        }
    }
}

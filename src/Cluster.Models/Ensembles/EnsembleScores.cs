namespace SearchCluster.Models.Ensembles;

/// <summary>Scores probabilities against the truth.</summary>
internal static class EnsembleScores
{
    // The smallest probability that single-precision softmax distinguishes from 0 would make the loss infinite for one confident error.
    private const double SmallestProbability = 1e-12;

    /// <summary>Computes loss (mean negative logarithm of the true class's probability) and accuracy.</summary>
    /// <param name="part">Name before the slash.</param>
    /// <param name="probabilities">Shape [rows, classes].</param>
    /// <param name="targets">True class of each row.</param>
    public static IEnumerable<KeyValuePair<string, double>> Of(string part, float[,] probabilities, long[] targets)
    {
        double loss = 0, right = 0;
        for (var row = 0; row < targets.Length; row++)
        {
            loss -= Math.Log(Math.Max(probabilities[row, targets[row]], SmallestProbability));
            right += Voting.BestClass(probabilities, row) == targets[row] ? 1 : 0;
        }

        return [KeyValuePair.Create($"{part}/loss", loss / targets.Length), KeyValuePair.Create($"{part}/accuracy", right / targets.Length)];
    }
}

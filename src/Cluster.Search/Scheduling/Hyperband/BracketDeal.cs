namespace SearchCluster.Search.Scheduling.Hyperband;

/// <summary>Deals trials to brackets by their numbers, in fixed proportions and as evenly mixed as they allow.</summary>
/// <remarks>
/// Bracket b gets trials in proportion to the paper's n for s = s_max - b: ⌈(s_max + 1) / (s + 1) × η^s⌉. The order is that of smooth
/// weighted round robin: each bracket gains its weight at every turn, the richest is chosen and pays the sum. It repeats after as many
/// trials as the weights sum to, so a trial's bracket depends on its number alone.
/// </remarks>
internal sealed class BracketDeal
{
    /// <summary>Longest cycle; larger weights are scaled down, which changes proportions by less than one in a thousand.</summary>
    private const int LongestCycle = 1000;

    private readonly int[] _cycle;

    /// <summary>Prepares the cycle.</summary>
    /// <param name="brackets">How many brackets, at least 1.</param>
    /// <param name="mostAggressive">s_max, at least <paramref name="brackets"/> - 1.</param>
    /// <param name="reduction">η.</param>
    public BracketDeal(int brackets, int mostAggressive, double reduction)
    {
        var sizes = Enumerable.Range(0, brackets).Select(b => Size(mostAggressive - b)).ToArray();
        var scale = Math.Min(1, LongestCycle / sizes.Sum());
        var weights = Array.ConvertAll(sizes, size => Math.Max(1, (int)Math.Round(size * scale)));
        _cycle = Mix(weights);

        double Size(int s) => Math.Ceiling((mostAggressive + 1) / (s + 1.0) * Math.Pow(reduction, s));
    }

    /// <summary>Finds the bracket of a trial.</summary>
    /// <param name="trial">Any trial.</param>
    /// <returns>From 0, the most aggressive.</returns>
    public int Of(TrialId trial) => _cycle[trial.Number % _cycle.Length];

    private static int[] Mix(int[] weights)
    {
        var (cycle, sum, riches) = (new int[weights.Sum()], weights.Sum(), new int[weights.Length]);
        for (var turn = 0; turn < cycle.Length; turn++)
        {
            var richest = 0;
            for (var b = 0; b < weights.Length; b++)
            {
                riches[b] += weights[b];
                richest = riches[b] > riches[richest] ? b : richest;
            }

            riches[richest] -= sum;
            cycle[turn] = richest;
        }

        return cycle;
    }
}

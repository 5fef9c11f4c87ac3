namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>Chooses which observations stand for all of them when there are more than a model can hold.</summary>
internal static class Subsample
{
    /// <summary>Chooses: the best quarter of the limit, the most recent quarter, and the rest evenly over the order of finishing.</summary>
    /// <param name="losses">Losses in the order in which they became known.</param>
    /// <param name="limit">How many may be chosen.</param>
    /// <returns>Indices, ascending; all of them where there are no more than the limit.</returns>
    public static int[] Choose(ReadOnlySpan<double> losses, int limit)
    {
        if (losses.Length <= limit)
        {
            return [.. Enumerable.Range(0, losses.Length)];
        }

        var order = Enumerable.Range(0, losses.Length).ToArray();
        var keys = losses.ToArray();
        Array.Sort(order, (a, b) => keys[a].CompareTo(keys[b]) is not 0 and var byLoss ? byLoss : a - b);
        var chosen = new bool[losses.Length];
        Array.ForEach(order[..(limit / 4)], index => chosen[index] = true);
        Array.Fill(chosen, true, losses.Length - (limit / 4), limit / 4);
        var free = Array.FindAll(Enumerable.Range(0, losses.Length).ToArray(), index => !chosen[index]);
        var rest = limit - (losses.Length - free.Length);
        for (var i = 0; i < rest; i++)
        {
            chosen[free[(int)((long)i * free.Length / rest)]] = true;
        }

        return Array.FindAll(Enumerable.Range(0, losses.Length).ToArray(), index => chosen[index]);
    }
}

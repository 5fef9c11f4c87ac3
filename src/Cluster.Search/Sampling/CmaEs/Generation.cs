namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Results of one generation, and their order.</summary>
internal sealed class Generation
{
    private readonly List<(double[] Point, double Loss, bool IsOwn)> _results = [];

    /// <summary>How many results it has.</summary>
    public int Count => _results.Count;

    /// <summary>The lowest loss; +∞ when all failed.</summary>
    public double Best => _results.Min(result => result.Loss);

    /// <summary>Adds a result.</summary>
    /// <param name="point">Where; NaN for inactive parameters.</param>
    /// <param name="loss">Smaller is better; +∞ for a failure.</param>
    /// <param name="isOwn">True when the current distribution drew it.</param>
    public void Add(double[] point, double loss, bool isOwn) => _results.Add((point, loss, isOwn));

    /// <summary>Orders the results.</summary>
    /// <returns>Best first; failures last, equal ones in order of finishing.</returns>
    public (double[] Point, double Loss, bool IsOwn)[] Ranked() => [.. _results.OrderBy(result => result.Loss)];

    /// <summary>Gives each rank its weight; results with the same loss share theirs, so that a tie moves nothing.</summary>
    /// <param name="ranked">The results, best first.</param>
    /// <param name="weights">Weights by rank.</param>
    /// <returns>Weights by rank with ties.</returns>
    public static double[] Weights((double[] Point, double Loss, bool IsOwn)[] ranked, double[] weights)
    {
        var shared = new double[ranked.Length];
        for (var first = 0; first < ranked.Length;)
        {
            var next = first + 1;
            while (next < ranked.Length && ranked[next].Loss == ranked[first].Loss)
            {
                next++;
            }

            Array.Fill(shared, weights[first..next].Average(), first, next - first);
            first = next;
        }

        return shared;
    }

    /// <summary>Forgets the results.</summary>
    public void Clear() => _results.Clear();
}

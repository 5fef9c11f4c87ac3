namespace SearchCluster.Cli.Application;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Suggestions
{
    /// <summary>The candidate with the smallest edit distance, when that is small enough to be a typo.</summary>
    public static string? Nearest(string typed, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Candidate: candidate, Distance: Distance(typed.ToLowerInvariant(), candidate.ToLowerInvariant())))
        .Where(pair => pair.Distance <= Math.Max(1, Math.Min(typed.Length, pair.Candidate.Length) / 3))
        .OrderBy(pair => pair.Distance)
        .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
        .Select(pair => pair.Candidate)
        .FirstOrDefault();

    /// <summary>A question to put after an error; empty when nothing is near.</summary>
    public static string Phrase(string typed, IEnumerable<string> candidates) => Nearest(typed, candidates) is { } near ? $" Did you mean \"{near}\"?" : "";

    // Edit distance that counts a swap of neighbours as one step (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}

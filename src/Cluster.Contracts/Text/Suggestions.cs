namespace SearchCluster.Contracts.Text;

/// <summary>Finds the name that a mistyped one was meant to be.</summary>
public static class Suggestions
{
    // Longer texts are not names; the distance costs O(n * m).
    private const int LongestName = 80;

    /// <summary>Picks the nearest of several names.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">What is known.</param>
    /// <returns>The nearest name within a third of its length (at least 1, at most 4 edits), the first of equals; null for none.</returns>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(known);
        if (typed.Length is 0 or > LongestName)
        {
            return null;
        }

        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in known)
        {
            var distance = name.Length > LongestName ? int.MaxValue : Distance(typed, name);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best is not null
            && bestDistance < Math.Max(typed.Length, best.Length)
            && bestDistance <= Math.Clamp(Math.Max(typed.Length, best.Length) / 3, 1, 4)
            ? best
            : StartsAlike(typed, known);
    }

    /// <summary>Formats the nearest name as the end of a sentence.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">What is known.</param>
    /// <returns><c>; did you mean "budget"?</c> or nothing.</returns>
    public static string Phrase(string typed, IEnumerable<string> known) =>
        Nearest(typed, known) is { } name ? $"; did you mean \"{name}\"?" : "";

    /// <summary>Formats the nearest name as a sentence to put after another.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">What is known.</param>
    /// <returns><c> Did you mean "budget"?</c> or nothing.</returns>
    public static string Sentence(string typed, IEnumerable<string> known) =>
        Nearest(typed, known) is { } name ? $" Did you mean \"{name}\"?" : "";

    // "min" for "minimize": an abbreviation is far away by edits.
    private static string? StartsAlike(string typed, IEnumerable<string> known)
    {
        var candidates = known
            .Where(name => typed.Length >= 3 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Take(2)
            .ToArray();
        return candidates.Length == 1 ? candidates[0] : null;
    }

    // Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, without regard to case.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                var isSwap = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
                rows[i, j] = isSwap ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
            }
        }

        return rows[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}

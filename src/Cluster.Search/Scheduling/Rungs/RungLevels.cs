namespace SearchCluster.Search.Scheduling.Rungs;

/// <summary>Resource levels at which trials are compared: min, min × reduction, min × reduction², and so on below max.</summary>
internal static class RungLevels
{
    /// <summary>The standard smallest level is this part of the largest: three halvings by 3 below the full training.</summary>
    private const int StandardShare = 27;

    /// <summary>Computes the levels.</summary>
    /// <param name="min">The first level, at least 1.</param>
    /// <param name="max">Resource of a whole trial; no level reaches it, because nothing is left to decide there.</param>
    /// <param name="reduction">Ratio of neighbouring levels, above 1.</param>
    /// <returns>Ascending levels, rounded to whole ones; empty when min is not below max.</returns>
    public static ImmutableArray<int> Of(int min, int max, double reduction)
    {
        var levels = ImmutableArray.CreateBuilder<int>();
        for (var level = (double)min; Math.Round(level) < max; level *= reduction)
        {
            var whole = (int)Math.Round(level);
            if (levels.Count == 0 || whole > levels[^1])
            {
                levels.Add(whole);
            }
        }

        return levels.ToImmutable();
    }

    /// <summary>Computes the first level of a scheduler whose option <c>min</c> is 0.</summary>
    /// <param name="max">Resource of a whole trial.</param>
    /// <returns>max / 27 rounded, at least 1.</returns>
    public static int StandardMin(int max) => Math.Max(1, (int)Math.Round(max / (double)StandardShare));
}

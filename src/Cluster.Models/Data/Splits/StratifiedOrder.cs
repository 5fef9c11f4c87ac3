namespace SearchCluster.Models.Data.Splits;

/// <summary>Puts rows in an order of which every beginning holds the classes in their proportion.</summary>
internal static class StratifiedOrder
{
    /// <summary>Orders rows.</summary>
    /// <param name="rows">Numbers of the rows.</param>
    /// <param name="classOf">Class of a row; null where rows have none, which are only shuffled then.</param>
    /// <param name="stream">Decides among equals.</param>
    /// <returns>All rows: first one of each class, so that a beginning as long as there are classes lacks none; then each where it comes
    /// when its class is spread evenly.</returns>
    /// <remarks>A shorter beginning is a subset of a longer one, and holds of each class its share within one row.</remarks>
    public static int[] Of(IEnumerable<int> rows, Func<int, int>? classOf, RandomStream stream)
    {
        int[] shuffled = [.. rows];
        stream.Shuffle<int>(shuffled);
        return classOf is null ? shuffled : [.. Places(shuffled, classOf).OrderBy(entry => entry.Place).Select(entry => entry.Row)];
    }

    private static IEnumerable<(int Row, double Place)> Places(int[] rows, Func<int, int> classOf)
    {
        var sizes = rows.GroupBy(classOf).ToDictionary(group => group.Key, group => group.Count());
        var ranks = new Dictionary<int, int>();
        foreach (var row in rows)
        {
            var (k, rank) = (classOf(row), ranks.GetValueOrDefault(classOf(row)));
            ranks[k] = rank + 1;
            yield return (row, rank == 0 ? 0 : (rank + 0.5) / sizes[k]);
        }
    }
}

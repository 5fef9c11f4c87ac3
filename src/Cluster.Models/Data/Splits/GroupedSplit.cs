namespace SearchCluster.Models.Data.Splits;

/// <summary>Divides whole groups of rows among parts, so that sizes and class counts come as near to the shares
/// as the groups allow.</summary>
/// <remarks>
/// Groups are shuffled, then dealt from the largest to the smallest, each to the part that lacks most of what
/// the group has, measured against the part's share. So do the stratified group folds of scikit-learn. A part
/// never stays empty while there are as many groups as parts.
/// </remarks>
internal static class GroupedSplit
{
    /// <summary>Divides.</summary>
    /// <param name="rows">Numbers of the rows.</param>
    /// <param name="groups">Their groups.</param>
    /// <param name="classOf">Class of a row; null where rows have none, or classes do not matter.</param>
    /// <param name="shares">Share of each part; 0 for a part that stays empty.</param>
    /// <param name="stream">Decides among equals.</param>
    /// <returns>Rows of each part, ascending.</returns>
    public static int[][] Divide(int[] rows, RowGroups groups, Func<int, int>? classOf, double[] shares, RandomStream stream)
    {
        int[][] whole = [.. rows.GroupBy(row => groups.Of[row]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        stream.Shuffle<int[]>(whole);
        var lacks = shares.Select(share => Count(rows, classOf).ToDictionary(entry => entry.Key, entry => entry.Value * share)).ToArray();
        var parts = shares.Select(_ => new List<int>()).ToArray();
        int[] wanted = [.. Enumerable.Range(0, shares.Length).Where(part => shares[part] > 0)];
        foreach (var (group, left) in whole.OrderByDescending(group => group.Length)
            .Select((group, place) => (group, whole.Length - place)))
        {
            int[] empty = [.. wanted.Where(part => parts[part].Count == 0)];
            var counts = Count(group, classOf);
            var chosen = (empty.Length >= left ? empty : wanted).MaxBy(
                part => counts.Sum(entry => entry.Value * lacks[part][entry.Key]) / shares[part]);
            parts[chosen].AddRange(group);
            foreach (var (k, count) in counts)
            {
                lacks[chosen][k] -= count;
            }
        }

        return [.. parts.Select(part => part.Order().ToArray())];
    }

    private static Dictionary<int, int> Count(int[] rows, Func<int, int>? classOf) =>
        rows.GroupBy(row => classOf?.Invoke(row) ?? 0).ToDictionary(group => group.Key, group => group.Count());
}

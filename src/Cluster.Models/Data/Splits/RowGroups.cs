namespace SearchCluster.Models.Data.Splits;

/// <summary>Rows that belong together, for example those of one patient: none of them may be in another part than the others.</summary>
/// <param name="What">Where the groups come from, for messages, for example <c>column 'patient'</c>.</param>
/// <param name="Of">Group of each row, an index into <paramref name="Names"/>.</param>
/// <param name="Names">Names of the groups.</param>
internal sealed record RowGroups(string What, int[] Of, ValueArray<string> Names)
{
    /// <summary>Numbers the groups of rows by their names, in the order of their first row.</summary>
    /// <param name="what">Where they come from.</param>
    /// <param name="names">Name of the group of each row.</param>
    public static RowGroups By(string what, IReadOnlyList<string> names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] of = [.. names.Select(name => numbers.TryGetValue(name, out var known) ? known : numbers[name] = numbers.Count)];
        return new(what, of, numbers.Keys.ToValueArray());
    }

    /// <summary>Refuses a split that puts rows of one group into two parts.</summary>
    /// <param name="data">The data, for the message.</param>
    /// <param name="split">The split.</param>
    /// <exception cref="DataException">SC3250.</exception>
    public void Check(string data, DataSplit split)
    {
        (string Name, HashSet<int> Groups)[] parts = [
            ("training", GroupsOf(split.Train)),
            ("validation", GroupsOf(split.Validation)),
            ("test", GroupsOf(split.Test)),
        ];
        foreach (var (first, second) in ((int, int)[])[(0, 1), (0, 2), (1, 2)])
        {
            int[] both = [.. parts[first].Groups.Intersect(parts[second].Groups).Order()];
            if (both.Length > 0)
            {
                throw new DataException(
                    DataCodes.GroupInTwoParts,
                    $"{data}: {both.Length} group(s) of {What} have rows in the {parts[first].Name} part and in the {parts[second].Name} part, for example '{DisplayText.Shorten(Names[both[0]])}'; these parts come with the data or from row numbers: correct them, or remove data.split.groupBy.");
            }
        }
    }

    private HashSet<int> GroupsOf(int[] rows) => [.. rows.Select(row => Of[row])];
}

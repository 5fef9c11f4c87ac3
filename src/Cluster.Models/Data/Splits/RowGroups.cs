using System.Globalization;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Columns;

namespace SearchCluster.Models.Data.Splits;

/// <summary>Rows that belong together, for example those of one patient: none of them may be in another part than the others.</summary>
/// <param name="What">Where the groups come from, for messages, for example <c>column 'patient'</c>.</param>
/// <param name="Of">Group of each row, an index into <paramref name="Names"/>.</param>
/// <param name="Names">Names of the groups.</param>
internal sealed record RowGroups(string What, int[] Of, ValueArray<string> Names)
{
    // More digits than double precision keeps may name two groups by what it takes for one number.
    private const int MostDigits = 15;

    private const int Shown = 3;

    /// <summary>What a person should know of how they are written; without the name of the data.</summary>
    public ValueArray<string> Notes { get; init; } = [];

    /// <summary>Numbers the groups of rows by their names, in the order of their first row.</summary>
    /// <remarks>Names that are the same number in two notations (1, 1.0, 01) are one group: to keep rows together that belong apart costs
    /// little, to part those of one patient makes every figure too good. Other names that look alike are two groups, which is told.
    /// </remarks>
    /// <param name="what">Where they come from.</param>
    /// <param name="names">Name of the group of each row.</param>
    public static RowGroups By(string what, IReadOnlyList<string> names)
    {
        var distinct = names.Distinct(StringComparer.Ordinal).ToList();
        var keys = distinct.ToDictionary(name => name, KeyOf, StringComparer.Ordinal);
        var groups = distinct.GroupBy(name => keys[name], StringComparer.Ordinal).ToList();
        var numbers = groups.Select((group, number) => (group.Key, number)).ToDictionary(
            entry => entry.Key, entry => entry.number, StringComparer.Ordinal);
        var joined = groups.Where(group => group.Skip(1).Any()).ToList();
        return new(what, [.. names.Select(name => numbers[keys[name]])], groups.Select(group => group.First()).ToValueArray())
        {
            Notes =
            [
                .. joined.Count == 0 ? [] : (string[])[string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} writes {joined.Count} group(s) in several ways, "
                        + $"such as {string.Join(" and ", joined[0].Take(Shown).Select(LabelForm.Visible))}, "
                        + $"which are the same number and are kept together as one group.")],
                .. TextTwins.Find(groups.Select(group => group.First())) is { } twins
                    ? (string[])[$"{what} has {twins}, but they are different groups, "
                        + $"so that rows of one may be in two parts and the figures too good; write them alike."]
                    : [],
            ],
        };
    }

    private static string KeyOf(string name) =>
        name.Count(char.IsAsciiDigit) <= MostDigits
            && double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture) : name;

    /// <summary>Refuses a split that puts rows of one group into two parts.</summary>
    /// <param name="data">The data, for the message.</param>
    /// <param name="split">Numbers of the rows of each part.</param>
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
                    $"{data}: {both.Length} group(s) of {What} have rows in the {parts[first].Name} "
                        + $"part and in the {parts[second].Name} part, for example '{DisplayText.Shorten(Names[both[0]])}'; "
                        + $"these parts come with the data or from row numbers: correct them, or remove data.split.groupBy.");
            }
        }
    }

    private HashSet<int> GroupsOf(int[] rows) => [.. rows.Select(row => Of[row])];
}

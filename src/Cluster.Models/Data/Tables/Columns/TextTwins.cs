using System.Globalization;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Finds texts of a column that people wrote in two ways.</summary>
internal static class TextTwins
{
    /// <summary>Tells of those that differ by case, blanks and the like only.</summary>
    /// <returns>One warning at most.</returns>
    public static IEnumerable<string> Warn(string table, string column, IEnumerable<string> labels) =>
        Find(labels) is { } twins
            ? [$"{table}: column '{DisplayText.Shorten(column)}' has {twins} and are read as different; write them alike."]
            : [];

    /// <summary>Finds them.</summary>
    /// <returns>Some of them, and in what they differ: the middle of a sentence; null where there are none.</returns>
    public static string? Find(IEnumerable<string> labels)
    {
        var twins = labels.GroupBy(LabelForm.Of, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).ToList();
        return twins.Count == 0 ? null
            : $"{string.Join(" and ", twins[0].Take(3).Select(LabelForm.Visible))}"
                + $"{(twins.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {twins.Count - 1} more such groups") : "")}, "
                + $"which differ only by case, blanks, signs that look alike, points or the notation of a number";
    }
}

using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Counts the texts of a table that a model takes for no category because its training data never had them.</summary>
public static class UnseenTexts
{
    private const int Shown = 3;

    /// <summary>Looks through the columns of categories.</summary>
    /// <param name="table">Rows to predict.</param>
    /// <param name="columns">Columns of the model.</param>
    /// <returns>A sentence for each column with such texts; none where the model refuses them.</returns>
    public static ValueArray<string> Find(CsvTable table, TablePreprocessing columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Unseen is { } unseen ? Find(table, columns, unseen).ToValueArray() : [];
    }

    internal static string Sentence(
        string name,
        string column,
        int rows,
        IReadOnlyList<string> texts,
        UnseenPolicy? unseen,
        string which,
        string why = "the training part never does") =>
        $"{name}: column '{DisplayText.Shorten(column)}': {rows} row(s) {which} hold {texts.Count} text(s) "
            + $"that {why} ({string.Join(", ", texts.Take(Shown).Select(text => $"'{DisplayText.Shorten(text)}'"))}"
            + $"{(texts.Count > Shown ? ", …" : "")}); {Meaning(unseen)}.";

    private static string Meaning(UnseenPolicy? unseen) => unseen switch
    {
        UnseenPolicy.Ignore => "data.unseen ignores them",
        UnseenPolicy.Category => "data.unseen takes them for a category of their own where training taught one",
        _ => "they are scored as none of its categories, and predict refuses them: say data.unseen: ignore or category, or error to refuse "
            + "them here, too",
    };

    private static IEnumerable<string> Find(CsvTable table, TablePreprocessing columns, UnseenPolicy unseen)
    {
        var (codes, positions) = (table.Select(columns), table.PositionsOf(columns));
        for (var at = 0; at < positions.Length; at++)
        {
            var (column, place) = (positions[at], at);
            if (columns.CategoriesOf(columns.Columns[at]) is null)
            {
                continue;
            }

            int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => codes[row, place] < 0)];
            if (rows.Length > 0)
            {
                yield return Sentence(
                    table.Name,
                    columns.Columns[at],
                    rows.Length,
                    [.. rows.Select(row => table.Text(row, column).Trim()).Distinct(StringComparer.Ordinal)],
                    unseen,
                    "to predict",
                    unseen == UnseenPolicy.Category
                        ? "have no category of their own, since the training part holds each in one row at most"
                        : "the training part never does");
            }
        }
    }
}

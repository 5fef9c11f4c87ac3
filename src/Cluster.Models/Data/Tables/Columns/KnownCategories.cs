namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>The categories that the training rows know, and all rows in terms of them: a text that is none of them is -1.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Features">Row-major, rows × columns.</param>
internal sealed record KnownCategories(FeatureColumn[] Columns, double[] Features)
{
    private const int Unknown = -1;

    // A text of one training row stands for those that are yet to come, so that their category means something.
    // Where there is none, unseen texts are ignored: weights that no row ever moved would be a guess.
    private const int FewestRows = 2;

    /// <summary>Finds them.</summary>
    /// <param name="rows">The rows, whose categories are the texts of all parts.</param>
    /// <param name="train">Numbers of the training rows.</param>
    /// <param name="unseen">What other texts mean; null to know the texts of all parts.</param>
    public static KnownCategories Of(TableRows rows, int[] train, UnseenPolicy? unseen)
    {
        if (unseen is not { } policy || rows.Columns.All(column => column.Categories is null))
        {
            return new(rows.Columns, rows.Features);
        }

        var (columns, features) = ((FeatureColumn[])rows.Columns.Clone(), (double[])rows.Features.Clone());
        for (var at = 0; at < columns.Length; at++)
        {
            if (columns[at].Categories is not { } texts)
            {
                continue;
            }

            var counts = new int[texts.Count];
            foreach (var row in train)
            {
                _ = features[(row * columns.Length) + at] is >= 0 and var code ? counts[(int)code]++ : 0;
            }

            int[] known = [.. Enumerable.Range(0, texts.Count)
                .Where(code => counts[code] >= (policy == UnseenPolicy.Category ? FewestRows : 1))];
            columns[at] = columns[at] with { Categories = known.Select(code => texts[code]).ToValueArray() };
            for (var i = at; i < features.Length; i += columns.Length)
            {
                features[i] = double.IsNaN(features[i])
                    ? features[i]
                    : Array.BinarySearch(known, (int)features[i]) is >= 0 and var code ? code : Unknown;
            }
        }

        return new(columns, features);
    }

    /// <summary>Says which rows beside the training rows have texts that no training row has.</summary>
    /// <param name="rows">The rows as read.</param>
    /// <param name="train">Numbers of the training rows.</param>
    /// <param name="unseen">What such texts mean.</param>
    public IEnumerable<string> Warn(TableRows rows, int[] train, UnseenPolicy unseen)
    {
        var trained = train.ToHashSet();
        for (var at = 0; at < Columns.Length; at++)
        {
            if (rows.Columns[at].Categories is not { } texts)
            {
                continue;
            }

            var (width, column) = (Columns.Length, at);
            if (unseen == UnseenPolicy.Category && !train.Any(row => Features[(row * width) + column] < 0))
            {
                yield return $"{rows.Name}: column '{DisplayText.Shorten(Columns[at].Name)}' has no text that only one training row has, which would teach a category for texts yet unseen; they are ignored there.";
            }

            var seen = train.Select(row => rows.Features[(row * width) + column]).ToHashSet();
            var strangers = Enumerable.Range(0, Features.Length / width)
                .Where(row => !trained.Contains(row))
                .Select(row => rows.Features[(row * width) + column])
                .Where(code => code >= 0 && !seen.Contains(code))
                .ToList();
            if (strangers.Count > 0)
            {
                yield return UnseenTexts.Sentence(
                    rows.Name,
                    Columns[at].Name,
                    strangers.Count,
                    [.. strangers.Distinct().Select(code => texts[(int)code])],
                    unseen,
                    "of the validation and test parts");
            }
        }
    }
}

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>The categories that the training rows know, and all rows in terms of them: a text that is none of them is -1.</summary>
/// <param name="Columns">The features, with the categories that training rows have.</param>
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
    /// <param name="unseen">What other texts mean.</param>
    /// <remarks>Whatever they mean, a category that no training row has would keep the weights that it was given by chance.</remarks>
    public static KnownCategories Of(TableRows rows, int[] train, UnseenPolicy? unseen)
    {
        if (rows.Columns.All(column => column.Categories is null))
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
                .Where(code => counts[code] >= (unseen == UnseenPolicy.Category ? FewestRows : 1))];
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
    /// <exception cref="DataException">SC4121: they are an error.</exception>
    public IEnumerable<string> Warn(TableRows rows, int[] train, UnseenPolicy? unseen)
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
                yield return $"{rows.Name}: column '{DisplayText.Shorten(Columns[at].Name)}' has no text that only one training row has, "
                    + $"which would teach a category for texts yet unseen; they are ignored there.";
            }

            var seen = train.Select(row => rows.Features[(row * width) + column]).ToHashSet();
            int[] strangers = [.. Enumerable.Range(0, Features.Length / width).Where(row => !trained.Contains(row)
                && rows.Features[(row * width) + column] is >= 0 and var code && !seen.Contains(code))];
            if (strangers.Length == 0)
            {
                continue;
            }

            string[] names = [.. strangers.Select(row => texts[(int)rows.Features[(row * width) + column]]).Distinct()];
            yield return unseen != UnseenPolicy.Error
                ? UnseenTexts.Sentence(rows.Name, Columns[at].Name, strangers.Length, names, unseen, "of the validation and test parts")
                : throw new DataException(
                    ModelCodes.Unseen,
                    $"{rows.At(strangers[0], Columns[at].Name)}: column '{DisplayText.Shorten(Columns[at].Name)}' holds "
                        + $"'{DisplayText.Shorten(names[0])}' in the validation or test part ({strangers.Length} row(s) there hold "
                        + $"{names.Length} such text(s)), which the training part never does; data.unseen: error refuses it. Correct the "
                        + $"field, draw other parts (seed), or say data.unseen: ignore or category.");
        }
    }
}

namespace SearchCluster.Models.Data;

/// <summary>Row numbers of the three parts, each ascending; every row is in exactly one.</summary>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Validation">Rows to judge configurations by.</param>
/// <param name="Test">Rows to judge the result by; may be empty.</param>
internal sealed record DataSplit(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Splits by the search's seed.</summary>
    /// <param name="classes">Class of each row.</param>
    /// <param name="spec">Shares.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <param name="name">Where the rows come from, for messages.</param>
    /// <remarks>
    /// Stratified: each class is shuffled and divided alone, by largest remainder, so its share in a part is off by less than one row.
    /// A class of one or two rows cannot be in all parts: it is in the training part first.
    /// </remarks>
    public static DataSplit Create(int[] classes, SplitSpec spec, ulong searchSeed, string name)
    {
        var stream = SeedSequence.Stream(searchSeed, StreamPurpose.DataSplit, 0);
        var groups = spec.Stratify
            ? Enumerable.Range(0, classes.Length).GroupBy(row => classes[row]).OrderBy(group => group.Key).Select(group => group.ToArray())
            : [Enumerable.Range(0, classes.Length).ToArray()];
        List<int> train = [], validation = [], test = [];
        foreach (var rows in groups)
        {
            stream.Shuffle<int>(rows);
            var (trainCount, validationCount) = Counts(rows.Length, spec);
            train.AddRange(rows[..trainCount]);
            validation.AddRange(rows[trainCount..(trainCount + validationCount)]);
            test.AddRange(rows[(trainCount + validationCount)..]);
        }

        if (train.Count == 0 || validation.Count == 0)
        {
            throw new DataException("SC3013", $"{name} has {classes.Length} rows, which gives {train.Count} to train and {validation.Count} to validate; both need at least one.");
        }

        return new([.. train.Order()], [.. validation.Order()], [.. test.Order()]);
    }

    private static (int Train, int Validation) Counts(int rows, SplitSpec spec)
    {
        double[] exact = [rows * spec.Train, rows * spec.Validation, rows * spec.Test];
        int[] counts = [.. exact.Select(share => (int)Math.Floor(share))];
        foreach (var part in Enumerable.Range(0, 3).OrderByDescending(part => exact[part] - counts[part]).ThenBy(part => part).Take(rows - counts.Sum()).ToArray())
        {
            counts[part]++;
        }

        return (counts[0], counts[1]);
    }
}

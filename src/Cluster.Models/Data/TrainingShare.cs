namespace SearchCluster.Models.Data;

/// <summary>Takes a share of a training part at random.</summary>
internal static class TrainingShare
{
    /// <summary>Takes the first rows of a shuffle that depends on the search's seed only, so that a smaller share is a subset of a larger one.</summary>
    /// <param name="part">All rows.</param>
    /// <param name="fraction">Above 0, at most 1.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <returns>At least one row, in the order of <paramref name="part"/>.</returns>
    public static DataPart Take(DataPart part, double fraction, ulong searchSeed)
    {
        var rows = new long[part.Rows];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        SeedSequence.Stream(searchSeed, StreamPurpose.DataShare, 0).Shuffle<long>(rows);
        return part.Take([.. rows.Take(Math.Clamp((int)Math.Round(fraction * part.Rows), 1, part.Rows)).Order()]);
    }
}

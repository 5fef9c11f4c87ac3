using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Splits;

/// <summary>Takes a share of a training part at random, of each class in proportion.</summary>
internal static class TrainingShare
{
    /// <summary>Takes rows that depend on the search's seed only, so that a smaller share is a subset of a larger one.</summary>
    /// <param name="part">All rows.</param>
    /// <param name="fraction">Above 0, at most 1.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <returns>At least one row, in the order of <paramref name="part"/>.</returns>
    public static DataPart Take(DataPart part, double fraction, ulong searchSeed)
    {
        var order = StratifiedOrder.Of(
            Enumerable.Range(0, part.Rows), ClassOf(part), SeedSequence.Stream(searchSeed, StreamPurpose.DataShare, 0));
        return part.Take([.. order.Take(Math.Clamp((int)Math.Round(fraction * part.Rows), 1, part.Rows)).Order().Select(row => (long)row)]);
    }

    // Numbers and masks have no class of a row.
    private static Func<int, int>? ClassOf(DataPart part)
    {
        if (part.Targets.dtype != ScalarType.Int64 || part.Targets.dim() != 1)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var classes = part.Targets.cpu().contiguous().data<long>().ToArray();
        return row => (int)classes[row];
    }
}

namespace SearchCluster.Models.Data.Splits;

/// <summary>Takes a share of the rows of a source at random, of each class in proportion: files are often sorted.</summary>
/// <param name="Most">How many rows.</param>
/// <param name="Seed">Master seed of the search.</param>
internal sealed record RowLimit(int Most, ulong Seed)
{
    /// <summary>Reads a spec.</summary>
    /// <returns>Null where it has no limit.</returns>
    public static RowLimit? Of(DataSpec spec, ulong seed) => spec.Limit is { } most ? new(most, seed) : null;

    /// <summary>Chooses among rows.</summary>
    /// <param name="rows">How many it has.</param>
    /// <param name="classOf">Class of a row; null where rows have none.</param>
    /// <param name="part">Number of the part.</param>
    /// <returns>Numbers of the rows, ascending.</returns>
    public int[] Choose(int rows, Func<int, int>? classOf, int part = 0)
    {
        var all = Enumerable.Range(0, rows);
        return Most >= rows
            ? [.. all]
            : [.. StratifiedOrder.Of(all, classOf, SeedSequence.Stream(Seed, StreamPurpose.DataShare, 1 + part)).Take(Most).Order()];
    }

    /// <summary>Chooses so many rows of each part.</summary>
    /// <param name="parts">Part of each row.</param>
    /// <param name="classOf">Class of a row; null where rows have none.</param>
    /// <returns>Numbers of the rows, ascending.</returns>
    public int[] Choose(IReadOnlyList<int> parts, Func<int, int>? classOf) =>
    [
        .. Enumerable.Range(0, parts.Count).GroupBy(row => parts[row])
            .SelectMany(part => part.ToArray() is var rows
                ? Choose(rows.Length, classOf is null ? null : row => classOf(rows[row]), part.Key).Select(row => rows[row])
                : [])
            .Order(),
    ];
}

namespace SearchCluster.Models.Data.Splits;

/// <summary>The classes of data, and which of them each row has: one, or those of its pixels.</summary>
/// <param name="Labels">Names of the classes.</param>
/// <param name="Of">Classes of a row, each once.</param>
/// <param name="Unit">What a row is, for sentences.</param>
/// <param name="AreNames">Whether people wrote the labels, who may have written one in two ways.</param>
internal sealed record RowClasses(
    ValueArray<string> Labels, Func<int, IReadOnlyList<int>> Of, string Unit = "row", bool AreNames = true)
{
    /// <summary>Rows of one class each.</summary>
    /// <param name="labels">Names of the classes.</param>
    /// <param name="classes">Class of each row.</param>
    public static RowClasses OfOne(ValueArray<string> labels, IReadOnlyList<int> classes) => new(labels, row => [classes[row]]);
}

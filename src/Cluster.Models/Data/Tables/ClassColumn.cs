namespace SearchCluster.Models.Data.Tables;

/// <summary>Where a table holds the class of a row.</summary>
/// <param name="Name">Header name of the column, or its number from 0 where the training table had no header.</param>
/// <param name="Threshold">Numbers of at most this are of the first class, those above it of the second, as it was decided when the model
/// was trained; null where the column holds labels.</param>
public sealed record ClassColumn(string Name, double? Threshold = null);

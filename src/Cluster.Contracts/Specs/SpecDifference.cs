namespace SearchCluster.Contracts.Specs;

/// <summary>A field in which two specifications differ.</summary>
/// <param name="Path">Dotted path of the field, for example <c>budget.trials</c>.</param>
/// <param name="Stored">What the search has, as JSON; null when it has nothing there.</param>
/// <param name="Given">What was given, as JSON; null for nothing.</param>
public sealed record SpecDifference(string Path, string? Stored, string? Given);

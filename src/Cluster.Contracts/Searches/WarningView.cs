namespace SearchCluster.Contracts.Searches;

/// <summary>Something unexpected that attempts survived and a person should know.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="Code">Its number in <c>docs/errors.md</c>; null when it has none.</param>
/// <param name="Count">How many attempts told it.</param>
/// <param name="Item">Whose attempt told it first.</param>
/// <param name="FirstAt">When it was told first.</param>
/// <param name="LastAt">When it was told last.</param>
public sealed record WarningView(string Text, string? Code, int Count, WorkItem Item, DateTimeOffset FirstAt, DateTimeOffset LastAt);

namespace SearchCluster.Contracts.Specs;

/// <summary>A specification as its author wrote it, apart from the <see cref="SearchSpec"/> that a search runs with.</summary>
/// <remarks>
/// Submitting resolves what depends on other searches (observations of a warm start; trial and constants of a pretrained encoder), so the
/// two differ, and only the written one says whether somebody asks for the same search again. They are two types so that nobody compares
/// one with the other.
/// </remarks>
/// <param name="Fields">What the file and the values set on top of it say, with defaults.</param>
public sealed record WrittenSpec(SearchSpec Fields)
{
    /// <summary>What was written, as far as a journal of a release tells that kept the resolved specification only.</summary>
    /// <param name="resolved">The specification that the search runs with.</param>
    /// <returns>The same without observations; trial and constants of a pretrained encoder cannot be told from written ones.</returns>
    public static WrittenSpec Recovered(SearchSpec resolved)
    {
        ArgumentNullException.ThrowIfNull(resolved);
        return new(resolved.WarmStart is { } warmStart ? resolved with { WarmStart = warmStart with { Observations = null } } : resolved);
    }
}

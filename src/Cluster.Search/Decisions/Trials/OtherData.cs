namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Finds reports of attempts that learn from other data than the trials before them.</summary>
/// <remarks>A worker compares its data with those that its assignment names. That leaves those that were given
/// work before anybody knew the data.</remarks>
internal static class OtherData
{
    /// <summary>Compares the data of a report with those of the search.</summary>
    /// <returns>Why the attempt cannot go on; null when it can.</returns>
    public static AttemptFailure? Find(SearchState state, DataIdentity? reported) =>
        reported is null || state.Data is not { } known || reported.IsSameAs(known)
            ? null
            : new(TrialFailureKind.Misconfigured, $"{DataCodes.OtherData} {reported.DescribeChange(state.Spec.Data?.Source ?? "", known)}");
}

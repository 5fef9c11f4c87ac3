namespace SearchCluster.Contracts.Searches;

/// <summary>Questions about searches; answered with records of <c>Contracts/Api</c> or
/// <see cref="SearchReplies.CommandRejected"/>.</summary>
public static class SearchQueries
{
    /// <summary>Asks for <see cref="Api.SearchDetail"/>.</summary>
    public sealed record GetSearch(SearchId SearchId) : IWithSearchId;

    /// <summary>Asks for <see cref="Api.TrialPage"/>.</summary>
    /// <param name="SearchId">Name of the search whose trials are asked for.</param>
    /// <param name="FromTrial">First trial number of the page.</param>
    /// <param name="Limit">Most trials of the page, 1 to 10,000.</param>
    /// <param name="IncludeCurve">Whether each trial carries its measurements.</param>
    public sealed record GetTrials(SearchId SearchId, int FromTrial, int Limit, bool IncludeCurve) : IWithSearchId;

    /// <summary>Asks for <see cref="Api.SearchSpecView"/>.</summary>
    public sealed record GetSpec(SearchId SearchId) : IWithSearchId;
}

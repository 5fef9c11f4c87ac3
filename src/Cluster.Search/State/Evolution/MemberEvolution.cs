namespace SearchCluster.Search.State.Evolution;

/// <summary>What the events of a member of the ensemble change.</summary>
internal static class MemberEvolution
{
    public static SearchState Started(SearchState state, SearchEvents.AttemptStarted e) =>
        With(
            TrialEvolution.Leased(state, e),
            e.Item.MemberNumber!.Value,
            member => member with { Attempts = e.Attempt, Fence = e.Fence, NotBefore = null });

    public static SearchState Ended(SearchState state, SearchEvents.AttemptEnded e) =>
        With(TrialEvolution.Released(state, e.Fence, e.At), e.Item.MemberNumber!.Value, member => member with
        {
            FailedAttempts = member.FailedAttempts + (Suspects.Charges(e) ? 1 : 0),
            Losses = Suspects.Add(member.Losses, e.Loss),
            Fence = null,
            Ended = new EndedAttempt(e.Fence, e.Seq),
            NotBefore = e.NotBefore,
            Failure = e.Failure ?? member.Failure,
        });

    public static SearchState Finished(SearchState state, SearchEvents.EnsembleMemberFinished e) =>
        With(TrialEvolution.Released(state, e.Fence, e.At), e.Member, member => member with
        {
            Fence = null,
            Ended = new EndedAttempt(e.Fence, e.Seq),
            NotBefore = null,
            IsFinished = true,
            Failure = e.Failure,
        });

    /// <summary>No member is trained any more: the ensemble was given up, or the search goes on.</summary>
    public static SearchState ReleaseAll(SearchState state, DateTimeOffset at) =>
        state.Ensemble.Members.IsEmpty ? state : state.Ensemble.Members.Values.Aggregate(
            state, (current, member) => member.Fence is { } fence ? TrialEvolution.Released(current, fence, at) : current) with
        {
            Ensemble = state.Ensemble with
            {
                Members = state.Ensemble.Members.ToImmutableSortedDictionary(
                    entry => entry.Key,
                    entry => entry.Value with
                    {
                        Fence = null,
                        Ended = entry.Value.Fence is { } fence
                        ? new EndedAttempt(fence, 0)
                        : entry.Value.Ended
                    }),
            },
        };

    private static SearchState With(SearchState state, int number, Func<MemberRecord, MemberRecord> change) =>
        state with
        {
            Ensemble = state.Ensemble with { Members = state.Ensemble.Members.SetItem(number, change(state.Ensemble.Member(number))) },
        };
}

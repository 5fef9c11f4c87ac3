namespace SearchCluster.Search.State.Evolution;

/// <summary>What the events of the ensemble change.</summary>
internal static class EnsembleEvolution
{
    public static SearchState Started(SearchState state, SearchEvents.AttemptStarted e) => TrialEvolution.Leased(state, e) with
    {
        Ensemble = state.Ensemble with { Attempts = e.Attempt, Fence = e.Fence, NotBefore = null },
    };

    public static SearchState Ended(SearchState state, SearchEvents.AttemptEnded e) => TrialEvolution.Released(state, e.Fence, e.At) with
    {
        Ensemble = state.Ensemble with
        {
            FailedAttempts = state.Ensemble.FailedAttempts + (Suspects.Charges(e) ? 1 : 0),
            Losses = Suspects.Add(state.Ensemble.Losses, e.Loss),
            Fence = null,
            Ended = new EndedAttempt(e.Fence, e.Seq),
            NotBefore = e.NotBefore,
        },
    };

    public static SearchState Built(SearchState state, SearchEvents.EnsembleBuilt e) => TrialEvolution.Released(state, e.Fence, e.At) with
    {
        Ensemble = state.Ensemble with { Fence = null, Ended = new EndedAttempt(e.Fence, e.Seq), Report = e.Report },
    };

    public static SearchState Failed(SearchState state, SearchEvents.EnsembleFailed e)
    {
        state = MemberEvolution.ReleaseAll(state, e.At);
        var fence = state.Ensemble.Fence;
        var next = fence is { } running ? TrialEvolution.Released(state, running, e.At) : state;
        return next with
        {
            Ensemble = state.Ensemble with
            {
                Fence = null,
                Ended = fence is { } ended ? new EndedAttempt(ended, e.Seq) : state.Ensemble.Ended,
                Failure = e.Failure,
            },
        };
    }
}
